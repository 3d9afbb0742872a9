/** The command line of {@code ./autopilot}. */
@NullMarked
package dev.efsautopilot.local.cli;

import org.jspecify.annotations.NullMarked;
