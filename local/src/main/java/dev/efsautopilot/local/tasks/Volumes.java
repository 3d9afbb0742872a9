package dev.efsautopilot.local.tasks;

import com.fasterxml.jackson.databind.JsonNode;
import dev.efsautopilot.local.tasks.MountFacts.EfsVolume;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** The EFS volumes of a task definition that some container mounts: only these are mounted. */
final class Volumes {
    private Volumes() {}

    static List<EfsVolume> mounted(JsonNode taskDefinition) {
        var used =
                taskDefinition
                        .path("containerDefinitions")
                        .valueStream()
                        .flatMap(container -> container.path("mountPoints").valueStream())
                        .map(point -> point.path("sourceVolume").asText())
                        .collect(Collectors.toSet());
        return taskDefinition
                .path("volumes")
                .valueStream()
                .filter(volume -> volume.path("efsVolumeConfiguration").isObject())
                .filter(volume -> used.contains(volume.path("name").asText()))
                .map(Volumes::volume)
                .toList();
    }

    private static EfsVolume volume(JsonNode volume) {
        var efs = volume.path("efsVolumeConfiguration");
        var accessPoint = efs.at("/authorizationConfig/accessPointId").asText();
        return new EfsVolume(
                volume.path("name").asText(),
                efs.path("fileSystemId").asText(),
                efs.path("rootDirectory").asText("/"),
                Optional.of(accessPoint).filter(id -> !id.isEmpty()),
                efs.path("transitEncryption").asText().equals("ENABLED"));
    }
}
