/** How a task was launched, remembered for as long as it may be run again. */
@NullMarked
package dev.efsautopilot.launch;

import org.jspecify.annotations.NullMarked;
