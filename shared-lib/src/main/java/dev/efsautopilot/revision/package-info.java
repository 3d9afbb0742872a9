/** Task definitions as JSON trees, and the revision that has the volumes asked for. */
@NullMarked
package dev.efsautopilot.revision;

import org.jspecify.annotations.NullMarked;
