/** What holds for all functions together, whatever they are given. */
@NullMarked
package dev.efsautopilot.checks;

import org.jspecify.annotations.NullMarked;
