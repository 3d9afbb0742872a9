package dev.efsautopilot.storage;

import dev.efsautopilot.aws.AccessPoint;
import dev.efsautopilot.aws.AccessPointRoot;
import dev.efsautopilot.intent.EfsPath;
import dev.efsautopilot.intent.Owner;
import dev.efsautopilot.intent.PosixId;

/**
 * An access point that somebody asked for; its user may still have to be chosen.
 *
 * @param fileSystemId {@code fs-…}
 * @param path the directory, which its file system's owner allows
 * @param owner as whom it acts
 * @param stack the stack that makes it
 * @param family the task definitions that it is for
 * @param volume the volume that it is for
 */
public record AccessPointWish(
        String fileSystemId,
        EfsPath path,
        Owner owner,
        String stack,
        String family,
        String volume) {

    /** Whether an access point that is there is what was asked for, whoever made it. */
    public boolean isMetBy(AccessPoint accessPoint) {
        var root = accessPoint.root();
        return accessPoint.state().equals("available")
                && spec(root.uid()).root().equals(AccessPointSpec.normal(root))
                && isMetBy(root.uid());
    }

    private boolean isMetBy(long uid) {
        return switch (owner.uid()) {
            case PosixId.Given(var id) -> id == uid;
            case PosixId.Auto() -> uid > 0;
        };
    }

    /**
     * The whole specification.
     *
     * @param chosen the user where none was given
     */
    AccessPointSpec spec(long chosen) {
        var uid = id(owner.uid(), chosen);
        return new AccessPointSpec(
                new AccessPointRoot(
                        fileSystemId,
                        path.text(),
                        uid,
                        id(owner.gid(), uid),
                        owner.gids(),
                        owner.mode()),
                stack,
                family,
                volume);
    }

    private static long id(PosixId wanted, long chosen) {
        return switch (wanted) {
            case PosixId.Given(var id) -> id;
            case PosixId.Auto() -> chosen;
        };
    }
}
