package dev.efsautopilot.diagnosis;

import dev.efsautopilot.aws.AccessPoint;
import dev.efsautopilot.aws.ContainerInstance;
import dev.efsautopilot.aws.FileSystem;
import dev.efsautopilot.aws.S3Files;
import dev.efsautopilot.task.EfsVolume;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The file system, the access point, and the instance that mounts them. */
final class StorageChecks {

    private static final String EFS_AUTH = "ecs.capability.efsAuth";

    private StorageChecks() {}

    static List<Finding> of(TaskFacts task, VolumeFacts facts) {
        var findings = new ArrayList<Finding>();
        findings.add(
                Finding.of(
                        Check.FILE_SYSTEM,
                        facts.fileSystem(),
                        found -> fileSystem(facts.volume(), found)));
        ThroughputCheck.of(facts).ifPresent(findings::add);
        PermissionCheck.of(facts).ifPresent(findings::add);
        facts.volume().accessPointId().ifPresent(id -> findings.add(accessPoint(id, facts)));
        instance(task, facts).ifPresent(findings::add);
        return findings;
    }

    private static Finding fileSystem(EfsVolume volume, Optional<FileSystem> found) {
        var id = volume.fileSystemId();
        if (found.isEmpty()) {
            return Finding.broken(
                    Check.FILE_SYSTEM,
                    id
                            + " of volume "
                            + volume.name()
                            + " does not exist in this account and region",
                    "register a revision with the right "
                            + (S3Files.names(id) ? "fileSystemArn" : "fileSystemId"));
        }
        var state = found.get().state();
        // "updating" changes its throughput while it stays mounted.
        return state.equals("available") || state.equals("updating")
                ? Finding.ok(Check.FILE_SYSTEM, id + " is " + state)
                : Finding.broken(
                        Check.FILE_SYSTEM,
                        id + " is " + state,
                        "wait until it is available, then run the task again");
    }

    private static Finding accessPoint(String id, VolumeFacts facts) {
        return Finding.of(
                Check.ACCESS_POINT,
                facts.accessPoint(),
                found -> accessPoint(id, facts.volume().fileSystemId(), found));
    }

    private static Finding accessPoint(
            String id, String fileSystemId, Optional<AccessPoint> found) {
        if (found.isEmpty()) {
            return Finding.broken(
                    Check.ACCESS_POINT,
                    id + " does not exist",
                    "register a revision with an access point of " + fileSystemId);
        }
        var owner = found.get().root().fileSystemId();
        if (!owner.equals(fileSystemId)) {
            return Finding.broken(
                    Check.ACCESS_POINT,
                    id + " is of " + owner + ", the volume of " + fileSystemId,
                    "register a revision that names both of one file system");
        }
        return found.get().state().equals("available")
                ? Finding.ok(Check.ACCESS_POINT, id + " of " + owner + " is available")
                : Finding.broken(
                        Check.ACCESS_POINT,
                        id + " is " + found.get().state(),
                        "wait until it is available, then run the task again");
    }

    /**
     * Without the capability the agent mounts plainly: no TLS, no IAM, no access point. It has none
     * for S3 Files.
     */
    private static Optional<Finding> instance(TaskFacts task, VolumeFacts facts) {
        var volume = facts.volume();
        var plain =
                !volume.transitEncryption() && !volume.iam() && volume.accessPointId().isEmpty();
        if (plain || facts.onS3Files()) {
            return Optional.empty();
        }
        return switch (task.instance()) {
            case Fact.Unknown<Optional<ContainerInstance>>(var why) ->
                    Optional.of(Finding.unknown(Check.INSTANCE_CAPABILITY, why));
            case Fact.Known<Optional<ContainerInstance>>(var found) ->
                    found.map(StorageChecks::instance);
        };
    }

    private static Finding instance(ContainerInstance instance) {
        return instance.attributes().contains(EFS_AUTH)
                ? Finding.ok(Check.INSTANCE_CAPABILITY, instance.arn() + " has " + EFS_AUTH)
                : Finding.broken(
                        Check.INSTANCE_CAPABILITY,
                        instance.arn() + " has no attribute " + EFS_AUTH,
                        "use an ECS-optimized AMI of today, or install amazon-efs-utils and ecs-init"
                                + " 1.38.0 or newer on the instance");
    }
}
