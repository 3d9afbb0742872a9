/**
 * What MiniStack does not do, one class for each gap; deleting a class is all it takes once
 * MiniStack does it.
 */
@NullMarked
package dev.efsautopilot.local.gap;

import org.jspecify.annotations.NullMarked;
