package dev.efsautopilot.revision;

import dev.efsautopilot.intent.EfsPath;
import dev.efsautopilot.intent.VolumeIntent;
import dev.efsautopilot.storage.AccessPointWish;
import java.util.Optional;

/**
 * A volume that is asked for, with its file system found and allowed.
 *
 * @param intent what the tag says
 * @param fileSystemId {@code fs-…}; the ARN of an S3 Files file system
 * @param root what of the file system it shows
 */
public record Attachment(VolumeIntent intent, String fileSystemId, Root root) {

    /** What of a file system a volume shows. */
    public sealed interface Root {

        /** Through an access point that is still to be made. */
        record Wished(AccessPointWish wish) implements Root {}

        /** Through this access point. */
        record Existing(String accessPointId) implements Root {}

        /** This directory itself. */
        record Directory(EfsPath path) implements Root {}

        /**
         * A directory of an S3 Files file system.
         *
         * @param accessPointArn the access point whose directory it is; then the path is the root
         */
        record S3Files(Optional<String> accessPointArn, EfsPath path) implements Root {}
    }
}
