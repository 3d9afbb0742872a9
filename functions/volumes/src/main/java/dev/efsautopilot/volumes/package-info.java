/** Function volumes: attaches volumes to new revisions. */
@NullMarked
package dev.efsautopilot.volumes;

import org.jspecify.annotations.NullMarked;
