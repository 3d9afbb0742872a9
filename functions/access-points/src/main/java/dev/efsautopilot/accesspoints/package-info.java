/** Function access-points: creates access points on demand. */
@NullMarked
package dev.efsautopilot.accesspoints;

import org.jspecify.annotations.NullMarked;
