package dev.efsautopilot.diagnosis;

import dev.efsautopilot.aws.AccessPoint;
import dev.efsautopilot.aws.FileSystem;
import dev.efsautopilot.aws.FileSystemLoad;
import dev.efsautopilot.aws.S3Files;
import dev.efsautopilot.network.MountTargetSide;
import dev.efsautopilot.network.NfsClient;
import dev.efsautopilot.role.MountPermission;
import dev.efsautopilot.task.EfsVolume;
import java.util.List;
import java.util.Optional;

/**
 * What a volume is mounted from, seen from all places at once.
 *
 * @param volume the volume as the task definition declares it
 * @param fileSystem its file system; empty where there is none
 * @param optIn whether its owner lets this software repair what is broken
 * @param targets the mount targets in the zones of the places; one of another zone as an example
 *     where these have none
 * @param accessPoint its access point; empty where there is none, or the volume names none
 * @param permission whether it may be mounted; empty where its flags leave that open
 * @param load how hard the file system works
 */
public record VolumeFacts(
        EfsVolume volume,
        Fact<Optional<FileSystem>> fileSystem,
        Fact<Boolean> optIn,
        Fact<List<MountTargetSide>> targets,
        Fact<Optional<AccessPoint>> accessPoint,
        Fact<Optional<MountPermission>> permission,
        Fact<FileSystemLoad> load) {

    /** Whether it is on S3 Files, not on EFS. */
    boolean onS3Files() {
        return S3Files.names(volume.fileSystemId());
    }

    /** The mount target in the zone of this place: there is at most one. */
    Fact<Optional<MountTargetSide>> target(Fact<NfsClient> client) {
        return client.then(at ->
                targets.then(sides ->
                        new Fact.Known<>(
                                sides.stream().filter(side -> near(at, side)).findFirst())));
    }

    /** The mount targets in the zones of these places. */
    List<MountTargetSide> near(Fact<List<NfsClient>> places) {
        return places instanceof Fact.Known<List<NfsClient>>(var at)
                        && targets instanceof Fact.Known<List<MountTargetSide>>(var sides)
                ? sides.stream()
                        .filter(side -> at.stream().anyMatch(one -> near(one, side)))
                        .toList()
                : List.of();
    }

    private static boolean near(NfsClient client, MountTargetSide side) {
        return side.target().availabilityZone().equals(client.availabilityZone());
    }
}
