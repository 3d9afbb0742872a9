package dev.efsautopilot.diagnosis;

import dev.efsautopilot.aws.AccessPoint;
import java.util.Optional;
import java.util.Set;

/**
 * Whom a client of EFS works as.
 *
 * @param uid its user
 * @param gid its group; empty where the image decides it
 * @param groups all of its groups, as far as they are known
 */
record PosixUser(long uid, Optional<Long> gid, Set<Long> groups) {

    /**
     * Whether the mode of a directory lets it do what it needs.
     *
     * @param needs bits of a mode: 4 to list, 2 to change, 1 to enter
     */
    boolean may(int needs, AccessPoint.Owner owner) {
        var mode = Integer.parseInt(owner.mode(), 8);
        var shift = uid == owner.uid() ? 6 : groups.contains(owner.gid()) ? 3 : 0;
        return (mode >> shift & needs) == needs;
    }
}
