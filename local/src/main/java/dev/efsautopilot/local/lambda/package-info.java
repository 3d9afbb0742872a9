/**
 * How a function runs on this machine: a server of the Lambda Runtime API in front of unmodified
 * runtime interface clients, each in a JVM of its own.
 */
@NullMarked
package dev.efsautopilot.local.lambda;

import org.jspecify.annotations.NullMarked;
