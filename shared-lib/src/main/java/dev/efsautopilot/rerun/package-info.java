/** Running a stopped task again: whether, when, how, and exactly once. */
@NullMarked
package dev.efsautopilot.rerun;

import org.jspecify.annotations.NullMarked;
