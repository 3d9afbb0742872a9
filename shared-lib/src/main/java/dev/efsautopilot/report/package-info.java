/** What is told: the log line with its metrics, bus events, problem details. */
@NullMarked
package dev.efsautopilot.report;

import org.jspecify.annotations.NullMarked;
