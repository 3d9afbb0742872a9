/** Function task-rerun: runs stopped stateful tasks again. */
@NullMarked
package dev.efsautopilot.taskrerun;

import org.jspecify.annotations.NullMarked;
