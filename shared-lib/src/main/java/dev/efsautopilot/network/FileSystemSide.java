package dev.efsautopilot.network;

import dev.efsautopilot.aws.FileSystem;
import java.util.List;
import java.util.Optional;

/**
 * A file system and the ways into it.
 *
 * @param id {@code fs-…}, as the task definition names it
 * @param fileSystem what it is; empty where there is none
 * @param mountTargets its mount targets; none were read where its owner did not opt in
 */
public record FileSystemSide(
        String id, Optional<FileSystem> fileSystem, List<MountTargetSide> mountTargets) {

    /** The mount target that this client uses: of its zone, or any of a VPC that is peered. */
    public Optional<MountTargetSide> near(NfsClient client) {
        var inZone = in(client.availabilityZone());
        return inZone.isPresent()
                ? inZone
                : mountTargets.stream()
                        .filter(side -> !side.target().vpcId().equals(client.vpcId()))
                        .findFirst();
    }

    /** Its mount target in this zone: there is at most one. */
    public Optional<MountTargetSide> in(String availabilityZone) {
        return mountTargets.stream()
                .filter(side -> side.target().availabilityZone().equals(availabilityZone))
                .findFirst();
    }
}
