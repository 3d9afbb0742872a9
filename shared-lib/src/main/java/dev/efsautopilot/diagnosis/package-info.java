/** Every reason why a task can't mount its file systems. */
@NullMarked
package dev.efsautopilot.diagnosis;

import org.jspecify.annotations.NullMarked;
