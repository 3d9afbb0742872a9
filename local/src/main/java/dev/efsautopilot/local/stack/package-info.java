/** Everything up and everything down: ports, the emulator, the build, the deployment. */
@NullMarked
package dev.efsautopilot.local.stack;

import org.jspecify.annotations.NullMarked;
