/** Access points: what is wanted, whether its file system's owner allows it, making it once. */
@NullMarked
package dev.efsautopilot.storage;

import org.jspecify.annotations.NullMarked;
