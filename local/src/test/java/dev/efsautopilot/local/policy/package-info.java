@NullMarked
package dev.efsautopilot.local.policy;

import org.jspecify.annotations.NullMarked;
