package dev.efsautopilot.diagnosis;

import com.fasterxml.jackson.databind.JsonNode;
import dev.efsautopilot.aws.Efs;
import dev.efsautopilot.aws.Metrics;
import dev.efsautopilot.diagnosis.Fact.Known;
import dev.efsautopilot.network.MountTargetSide;
import dev.efsautopilot.network.NfsClient;
import dev.efsautopilot.network.NfsReader;
import dev.efsautopilot.role.MountPermissions;
import dev.efsautopilot.task.EfsVolume;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;

/** Reads what the volumes of a task definition are mounted from. */
record StorageReader(Efs efs, NfsReader network, MountPermissions permissions, Metrics metrics) {

    /**
     * The facts of one volume.
     *
     * @param definition {@code taskDefinition} as it is described
     */
    VolumeFacts read(JsonNode definition, EfsVolume volume, Fact<List<NfsClient>> places) {
        var id = volume.fileSystemId();
        var fileSystem = Fact.read(() -> efs.fileSystems().find(id));
        var there =
                fileSystem.then(found ->
                        found.<Fact<String>>map(_ -> new Known<>(id))
                                .orElseGet(() -> new Fact.Unknown<>("there is no " + id)));
        var targets =
                fileSystem.then(found ->
                        found.isEmpty()
                                ? new Known<>(List.<MountTargetSide>of())
                                : places.then(at -> Fact.read(() -> targets(id, at))));
        return new VolumeFacts(
                volume,
                fileSystem,
                targets,
                Fact.read(() -> volume.accessPointId().flatMap(efs.accessPoints()::find)),
                there.then(_ -> Fact.read(() -> permissions.of(definition, volume))),
                there.then(_ -> Fact.read(() -> metrics.load(id, Instant.now()))));
    }

    private List<MountTargetSide> targets(String fileSystemId, List<NfsClient> places) {
        return network.mountTargets(
                fileSystemId,
                places.stream().map(NfsClient::availabilityZone).collect(Collectors.toSet()));
    }
}
