/** Function nfs-ingress: opens NFS and remembers launches. */
@NullMarked
package dev.efsautopilot.nfsingress;

import org.jspecify.annotations.NullMarked;
