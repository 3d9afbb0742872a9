/** IAM in small: whether the policies of a function's role allow a call that it makes. */
@NullMarked
package dev.efsautopilot.local.policy;

import org.jspecify.annotations.NullMarked;
