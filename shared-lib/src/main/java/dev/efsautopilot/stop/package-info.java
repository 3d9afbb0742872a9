/** Why a task stopped: one table, one pure function. */
@NullMarked
package dev.efsautopilot.stop;

import org.jspecify.annotations.NullMarked;
