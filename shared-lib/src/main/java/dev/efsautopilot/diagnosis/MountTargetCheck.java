package dev.efsautopilot.diagnosis;

import dev.efsautopilot.aws.FileSystem;
import dev.efsautopilot.aws.MountTarget;
import dev.efsautopilot.diagnosis.Fact.Known;
import dev.efsautopilot.network.MountTargetSide;
import dev.efsautopilot.network.NfsClient;
import java.util.List;
import java.util.Optional;

/** The mount target in the task's zone. */
final class MountTargetCheck {

    private MountTargetCheck() {}

    static Finding of(TaskFacts task, VolumeFacts volume) {
        return Finding.of(
                Check.MOUNT_TARGET,
                task.client()
                        .then(client ->
                                volume.target(task.client())
                                        .then(found ->
                                                new Known<>(verdict(client, volume, found)))),
                finding -> finding);
    }

    private static Finding verdict(
            NfsClient client, VolumeFacts volume, Optional<MountTargetSide> found) {
        return found.map(MountTargetSide::target)
                .map(target -> verdict(client, target))
                .orElseGet(() ->
                        Finding.broken(
                                Check.MOUNT_TARGET,
                                "%s has no mount target in %s, where the task is"
                                        .formatted(
                                                volume.volume().fileSystemId(),
                                                client.availabilityZone()),
                                missing(client, volume)));
    }

    private static Finding verdict(NfsClient client, MountTarget target) {
        var where = target.id() + " in " + target.availabilityZone();
        if (!target.vpcId().equals(client.vpcId())) {
            return Finding.broken(
                    Check.MOUNT_TARGET,
                    target.id() + " is in " + target.vpcId() + ", the task in " + client.vpcId(),
                    "run the task in a subnet of " + target.vpcId());
        }
        return target.state().equals("available")
                ? Finding.ok(Check.MOUNT_TARGET, where + " is available")
                : Finding.broken(
                        Check.MOUNT_TARGET,
                        where + " is " + target.state(),
                        "wait until it is available, then run the task again");
    }

    private static String missing(NfsClient client, VolumeFacts volume) {
        return onlyZone(volume.fileSystem())
                .filter(zone -> !zone.equals(client.availabilityZone()))
                .map(zone -> "run the task in a subnet of " + zone + ", the file system's One Zone")
                .orElseGet(() ->
                        (volume.onS3Files()
                                        ? "aws s3files"
                                        : "automatic with the stack's parameter CreateMountTargets;"
                                                + " by hand: aws efs")
                                + " create-mount-target --file-system-id %s --subnet-id %s%s"
                                        .formatted(
                                                volume.volume().fileSystemId(),
                                                client.subnetId(),
                                                groups(volume.targets())));
    }

    private static Optional<String> onlyZone(Fact<Optional<FileSystem>> fact) {
        return fact instanceof Known<Optional<FileSystem>>(var found)
                ? found.flatMap(FileSystem::availabilityZone)
                : Optional.empty();
    }

    /** Those of another mount target; without any, EFS takes the default group of the VPC. */
    private static String groups(Fact<List<MountTargetSide>> fact) {
        return fact instanceof Known<List<MountTargetSide>>(var sides)
                ? sides.stream()
                        .map(side ->
                                " --security-groups " + String.join(" ", side.securityGroups()))
                        .findFirst()
                        .orElse("")
                : "";
    }
}
