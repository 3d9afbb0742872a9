/** A plan's vocabulary: steps, refusals, results, outcomes. */
@NullMarked
package dev.efsautopilot.plan;

import org.jspecify.annotations.NullMarked;
