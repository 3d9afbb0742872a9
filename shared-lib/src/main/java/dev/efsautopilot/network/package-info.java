/** The way from a task to its mount targets: what is open, and the one rule that opens it. */
@NullMarked
package dev.efsautopilot.network;

import org.jspecify.annotations.NullMarked;
