/** The one endpoint of the embedded AWS, and its record of every call. */
@NullMarked
package dev.efsautopilot.local.gateway;

import org.jspecify.annotations.NullMarked;
