package dev.efsautopilot.local.gap;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What RegisterTaskDefinition refuses about volumes. "If an access point is specified, the root
 * directory value specified in the EFSVolumeConfiguration must either be omitted or set to / which
 * will enforce the path set on the EFS access point. If an access point is used, transit encryption
 * must be on in the EFSVolumeConfiguration." (Amazon ECS API Reference, EFSAuthorizationConfig) and
 * "Transit encryption must be turned on if Amazon EFS IAM authorization is used." (the same,
 * EFSVolumeConfiguration)
 */
final class VolumeRules {
    private VolumeRules() {}

    /** What is wrong, if anything. */
    static Optional<String> problem(JsonNode taskDefinition) {
        return Stream.concat(
                        taskDefinition
                                .path("volumes")
                                .valueStream()
                                .flatMap(volume -> problems(volume).stream()),
                        unknownVolumes(taskDefinition))
                .findFirst();
    }

    private static List<String> problems(JsonNode volume) {
        var efs = volume.path("efsVolumeConfiguration");
        var authorization = efs.path("authorizationConfig");
        var encrypted = efs.path("transitEncryption").asText().equals("ENABLED");
        var accessPoint = authorization.has("accessPointId");
        var root = efs.path("rootDirectory").asText("/");
        if (accessPoint && !root.equals("/") && !root.isEmpty()) {
            return List.of(
                    "rootDirectory must be omitted or '/' when an access point is specified.");
        }
        if (accessPoint && !encrypted) {
            return List.of("transitEncryption must be enabled when an access point is specified.");
        }
        if (authorization.path("iam").asText().equals("ENABLED") && !encrypted) {
            return List.of("transitEncryption must be enabled when IAM authorization is used.");
        }
        return efs.isObject() && efs.path("fileSystemId").asText().isEmpty()
                ? List.of("fileSystemId must be specified.")
                : List.of();
    }

    private static Stream<String> unknownVolumes(JsonNode taskDefinition) {
        var declared =
                taskDefinition
                        .path("volumes")
                        .valueStream()
                        .map(volume -> volume.path("name").asText())
                        .collect(Collectors.toSet());
        return taskDefinition
                .path("containerDefinitions")
                .valueStream()
                .flatMap(container -> container.path("mountPoints").valueStream())
                .map(point -> point.path("sourceVolume").asText())
                .filter(name -> !declared.contains(name))
                .map(name -> "Unknown volume '" + name + "'.");
    }
}
