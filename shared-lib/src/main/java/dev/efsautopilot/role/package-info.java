/** Whether a task role may mount what its task definition mounts with it. */
@NullMarked
package dev.efsautopilot.role;

import org.jspecify.annotations.NullMarked;
