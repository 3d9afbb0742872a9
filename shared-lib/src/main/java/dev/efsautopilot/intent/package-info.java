/** The words of the tags: what a person asks for, as values; wrong words are refusals. */
@NullMarked
package dev.efsautopilot.intent;

import org.jspecify.annotations.NullMarked;
