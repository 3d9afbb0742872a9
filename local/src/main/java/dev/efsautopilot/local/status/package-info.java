/** Who uses which storage, and what the automation did: read, and put into words. */
@NullMarked
package dev.efsautopilot.local.status;

import org.jspecify.annotations.NullMarked;
