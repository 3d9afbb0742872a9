/** Many stories at once on an AWS that has a bad day, and whether they end as they should. */
@NullMarked
package dev.efsautopilot.local.soak;

import org.jspecify.annotations.NullMarked;
