package dev.efsautopilot.revision;

import dev.efsautopilot.intent.Backing;
import dev.efsautopilot.intent.VolumeIntent;
import dev.efsautopilot.plan.Refusal;
import dev.efsautopilot.plan.Result;
import java.util.Set;

/**
 * Which S3 Files file systems tasks may get. The Java SDK that this software is built with has no
 * client of S3 Files, so that a tag of its owner can't be read: the stack's parameter S3FileSystems
 * names them.
 *
 * @param allowed the ARNs of file systems, for all that is in them, and of single access points
 */
record S3FilesOptIn(Set<String> allowed) {

    /** The volume, where it is allowed. */
    Result<Attachment> admit(Revision source, VolumeIntent intent, Backing.S3Files wanted) {
        if (!allowed.contains(wanted.fileSystemArn())
                && wanted.accessPointArn().filter(allowed::contains).isEmpty()) {
            return Result.refused(
                    Refusal.forbidden(
                            intent.field("fs"),
                            wanted.fileSystemArn()
                                    + " is not among the stack's parameter S3FileSystems",
                            "its owner has it added there"));
        }
        return wanted.path()
                .fill(intent.field("path"), source.family(), intent.volume())
                .then(path ->
                        Result.ok(
                                new Attachment(
                                        intent,
                                        wanted.fileSystemArn(),
                                        new Attachment.Root.S3Files(
                                                wanted.accessPointArn(), path))));
    }
}
