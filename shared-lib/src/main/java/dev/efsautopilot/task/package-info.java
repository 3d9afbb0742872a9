/** A task as ECS describes it, in its events and in its API alike. */
@NullMarked
package dev.efsautopilot.task;

import org.jspecify.annotations.NullMarked;
