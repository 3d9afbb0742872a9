/** The embedded AWS: the command line, and everything that it starts. */
@NullMarked
package dev.efsautopilot.local;

import org.jspecify.annotations.NullMarked;
