/** What a function does before its snapshot is taken, so that its first event finds it warm. */
@NullMarked
package dev.efsautopilot.rehearsal;

import org.jspecify.annotations.NullMarked;
