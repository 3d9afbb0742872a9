/**
 * Measures the functions as processes under the Lambda Runtime API, and their yardsticks with them.
 */
@NullMarked
package dev.efsautopilot.bench;

import org.jspecify.annotations.NullMarked;
