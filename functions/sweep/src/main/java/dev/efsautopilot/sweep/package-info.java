/** Function sweep: finds what no event told. */
@NullMarked
package dev.efsautopilot.sweep;

import org.jspecify.annotations.NullMarked;
