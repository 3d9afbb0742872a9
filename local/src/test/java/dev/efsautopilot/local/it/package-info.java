/** The application deployed on the local AWS, woken by its events alone. */
@NullMarked
package dev.efsautopilot.local.it;

import org.jspecify.annotations.NullMarked;
