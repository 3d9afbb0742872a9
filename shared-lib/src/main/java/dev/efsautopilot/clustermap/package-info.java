/** The storage of a whole cluster: who uses which file system, by which way. */
@NullMarked
package dev.efsautopilot.clustermap;

import org.jspecify.annotations.NullMarked;
