package dev.efsautopilot.intent;

import java.util.Optional;

/** What of the file system a volume shows. */
public sealed interface Backing {

    /** Something of an EFS file system. */
    sealed interface Efs extends Backing {}

    /** A directory through an access point that is made for it. */
    record NewAccessPoint(PathTemplate path, Owner owner) implements Efs {}

    /** What an access point that is there shows. */
    record GivenAccessPoint(String id) implements Efs {}

    /** A directory itself, without an access point; it must exist. */
    record PlainDirectory(PathTemplate path) implements Efs {}

    /**
     * A directory of an S3 Files file system, through an access point or not; both must exist.
     *
     * @param fileSystemArn the file system
     * @param accessPointArn the access point; then the directory is its own
     * @param path the directory where there is no access point, the root where there is one
     */
    record S3Files(String fileSystemArn, Optional<String> accessPointArn, PathTemplate path)
            implements Backing {}
}
