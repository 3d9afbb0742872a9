/** The events of {@code events/}, filled in with what somebody wants to try. */
@NullMarked
package dev.efsautopilot.local.event;

import org.jspecify.annotations.NullMarked;
