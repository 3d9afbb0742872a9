/** The frame of every function: trigger in, outcome out, told once. */
@NullMarked
package dev.efsautopilot.function;

import org.jspecify.annotations.NullMarked;
