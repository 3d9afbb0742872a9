/** The story that the demo plays, what it shows meanwhile, and how it checks the end. */
@NullMarked
package dev.efsautopilot.local.demo;

import org.jspecify.annotations.NullMarked;
