/** The loss of a zone: many tasks stop at once, while AWS throttles. */
@NullMarked
package dev.efsautopilot.local.storm;

import org.jspecify.annotations.NullMarked;
