package dev.efsautopilot.network;

import static java.util.stream.Collectors.toMap;

import dev.efsautopilot.aws.Ec2;
import dev.efsautopilot.aws.Efs;
import dev.efsautopilot.aws.FileSystem;
import dev.efsautopilot.aws.MountTarget;
import dev.efsautopilot.aws.NetworkInterface;
import dev.efsautopilot.aws.S3Files;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Reads the sides that are mounted, on EFS and on S3 Files.
 *
 * @param s3Files empty where nobody asks for what is on S3 Files
 * @param s3FileSystems what may be mounted of it, by the ARNs of file systems and access points
 */
record FileSystemSides(Efs efs, Ec2 ec2, Optional<S3Files> s3Files, Set<String> s3FileSystems) {

    /** The file systems, with their mount targets in these zones. */
    List<FileSystemSide> of(Collection<String> ids, Set<String> zones) {
        var found = ids.stream().map(id -> bare(id, zones)).toList();
        var places =
                places(
                        found.stream()
                                .flatMap(side -> side.mountTargets().stream())
                                .map(MountTargetSide::target)
                                .toList());
        return found.stream()
                .map(side ->
                        new FileSystemSide(
                                side.id(),
                                side.fileSystem(),
                                near(
                                        side.mountTargets().stream()
                                                .map(one -> placed(one.target(), places))
                                                .toList(),
                                        zones)))
                .toList();
    }

    /** Its mount targets' groups are still to be read; those of others are none of our business. */
    private FileSystemSide bare(String id, Set<String> zones) {
        var found = S3Files.names(id) ? Optional.of(onS3Files(id)) : efs.fileSystems().find(id);
        var allowed = found.flatMap(FileSystem::allow).isPresent();
        return new FileSystemSide(
                id,
                found,
                near(
                        (allowed ? targets(id) : List.<MountTarget>of())
                                .stream()
                                        .map(target -> new MountTargetSide(target, List.of()))
                                        .toList(),
                        zones));
    }

    private List<MountTarget> targets(String id) {
        return S3Files.names(id)
                ? s3Files.map(files -> files.mountTargets(S3Files.ofAccessPoint(id)))
                        .orElse(List.of())
                : efs.mountTargets().of(id);
    }

    /** Its owner's opt-in is the stack's parameter. */
    private FileSystem onS3Files(String arn) {
        var allowed =
                s3FileSystems.contains(arn) || s3FileSystems.contains(S3Files.ofAccessPoint(arn));
        return new FileSystem(
                arn,
                arn,
                "available",
                Optional.empty(),
                "elastic",
                allowed ? Map.of(FileSystem.ALLOW, "/") : Map.of());
    }

    /**
     * The mount targets of a file system in these zones, with their groups; another one as an
     * example where these zones have none.
     */
    List<MountTargetSide> mountTargets(String fileSystemId, Set<String> zones) {
        var all =
                targets(fileSystemId).stream()
                        .map(target -> new MountTargetSide(target, List.of()))
                        .toList();
        var near = near(all, zones);
        var places = places(near.stream().map(MountTargetSide::target).toList());
        return near.stream().map(one -> placed(one.target(), places)).toList();
    }

    /** Those whose zone is not known yet are near until it is. */
    private static List<MountTargetSide> near(List<MountTargetSide> all, Set<String> zones) {
        var near =
                all.stream()
                        .filter(one ->
                                one.target().availabilityZone().isBlank()
                                        || zones.contains(one.target().availabilityZone()))
                        .toList();
        return near.isEmpty() ? all.stream().limit(1).toList() : near;
    }

    /**
     * Their network interfaces, all in one call: "Each Amazon EFS mount target has one
     * corresponding requester-managed EC2 network interface." (EFS, CreateMountTarget)
     */
    private Map<String, NetworkInterface> places(List<MountTarget> targets) {
        var ids =
                targets.stream()
                        .map(MountTarget::networkInterfaceId)
                        .filter(id -> !id.isBlank())
                        .toList();
        return ec2.networkInterfaces().found(ids).stream()
                .collect(toMap(NetworkInterface::id, at -> at));
    }

    private static MountTargetSide placed(
            MountTarget target, Map<String, NetworkInterface> places) {
        return Optional.ofNullable(places.get(target.networkInterfaceId()))
                .map(place -> new MountTargetSide(target.at(place), place.securityGroups()))
                .orElseGet(() -> new MountTargetSide(target, List.of()));
    }
}
