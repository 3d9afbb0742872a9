/** JSON trees where any field may be absent. */
@NullMarked
package dev.efsautopilot.json;

import org.jspecify.annotations.NullMarked;
