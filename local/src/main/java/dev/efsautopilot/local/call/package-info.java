/** What a call to AWS is: the request, who made it, what it asks for, and how it is answered. */
@NullMarked
package dev.efsautopilot.local.call;

import org.jspecify.annotations.NullMarked;
