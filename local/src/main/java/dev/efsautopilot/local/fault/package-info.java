/** What goes wrong on AWS, done to the functions on purpose. */
@NullMarked
package dev.efsautopilot.local.fault;

import org.jspecify.annotations.NullMarked;
