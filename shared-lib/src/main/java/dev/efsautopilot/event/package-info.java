/** What woke us: an event, a call or a schedule as a typed value. */
@NullMarked
package dev.efsautopilot.event;

import org.jspecify.annotations.NullMarked;
