package dev.efsautopilot.diagnosis;

import com.fasterxml.jackson.databind.JsonNode;
import dev.efsautopilot.aws.AccessPoint;
import dev.efsautopilot.aws.Efs;
import dev.efsautopilot.aws.FileSystem;
import dev.efsautopilot.aws.Metrics;
import dev.efsautopilot.aws.S3Files;
import dev.efsautopilot.diagnosis.Fact.Known;
import dev.efsautopilot.diagnosis.Fact.Unknown;
import dev.efsautopilot.network.MountTargetSide;
import dev.efsautopilot.network.NfsClient;
import dev.efsautopilot.network.NfsReader;
import dev.efsautopilot.role.MountPermissions;
import dev.efsautopilot.task.EfsVolume;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Reads what the volumes of a task definition are mounted from.
 *
 * @param s3FileSystems what may be repaired of S3 Files, by the ARNs of file systems and access
 *     points
 */
record StorageReader(
        Efs efs,
        S3Files s3Files,
        Fact<Set<String>> s3FileSystems,
        NfsReader network,
        MountPermissions permissions,
        Metrics metrics) {

    /**
     * The facts of one volume.
     *
     * @param definition {@code taskDefinition} as it is described
     */
    VolumeFacts read(JsonNode definition, EfsVolume volume, Fact<List<NfsClient>> places) {
        var id = volume.fileSystemId();
        var onS3Files = S3Files.names(id);
        var fileSystem =
                Fact.read(() -> onS3Files ? s3Files.fileSystem(id) : efs.fileSystems().find(id));
        var there =
                fileSystem.then(found ->
                        found.<Fact<String>>map(_ -> new Known<>(id))
                                .orElseGet(() -> new Unknown<>("there is no " + id)));
        var targets =
                fileSystem.then(found ->
                        found.isEmpty()
                                ? new Known<>(List.<MountTargetSide>of())
                                : places.then(at -> Fact.read(() -> targets(id, at))));
        return new VolumeFacts(
                volume,
                fileSystem,
                onS3Files
                        ? s3FileSystems.then(allowed -> new Known<>(isAmong(allowed, volume)))
                        : fileSystem.then(
                                found -> new Known<>(found.flatMap(FileSystem::allow).isPresent())),
                targets,
                Fact.read(() -> volume.accessPointId().flatMap(one -> accessPoint(one))),
                there.then(_ -> Fact.read(() -> permissions.of(definition, volume))),
                onS3Files
                        ? new Unknown<>("S3 Files has no throughput modes")
                        : there.then(_ -> Fact.read(() -> metrics.load(id, Instant.now()))));
    }

    private Optional<AccessPoint> accessPoint(String id) {
        return S3Files.names(id) ? s3Files.accessPoint(id) : efs.accessPoints().find(id);
    }

    private static boolean isAmong(Set<String> allowed, EfsVolume volume) {
        return allowed.contains(volume.fileSystemId())
                || volume.accessPointId().filter(allowed::contains).isPresent();
    }

    private List<MountTargetSide> targets(String fileSystemId, List<NfsClient> places) {
        return network.mountTargets(
                fileSystemId,
                places.stream().map(NfsClient::availabilityZone).collect(Collectors.toSet()));
    }
}
