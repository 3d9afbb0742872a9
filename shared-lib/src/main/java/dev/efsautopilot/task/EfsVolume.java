package dev.efsautopilot.task;

import com.fasterxml.jackson.databind.JsonNode;
import dev.efsautopilot.json.Json;
import java.util.List;
import java.util.Optional;

/**
 * A volume on EFS, as a task definition declares it.
 *
 * @param name the volume's name
 * @param fileSystemId {@code fs-…}
 * @param accessPointId {@code fsap-…}; empty where the directory itself is mounted
 * @param rootDirectory the directory; "/" where none is named
 * @param transitEncryption whether {@code transitEncryption} is ENABLED; EFS's default is not
 * @param iam whether {@code authorizationConfig.iam} is ENABLED; EFS's default is not
 */
public record EfsVolume(
        String name,
        String fileSystemId,
        Optional<String> accessPointId,
        String rootDirectory,
        boolean transitEncryption,
        boolean iam) {

    /**
     * The volumes of a task definition that are on EFS.
     *
     * @param taskDefinition {@code taskDefinition} as it is described
     */
    public static List<EfsVolume> of(JsonNode taskDefinition) {
        return Json.list(taskDefinition, "volumes").stream()
                .filter(volume -> volume.path("efsVolumeConfiguration").isObject())
                .map(EfsVolume::volume)
                .toList();
    }

    private static EfsVolume volume(JsonNode volume) {
        var efs = volume.path("efsVolumeConfiguration");
        var authorization = efs.path("authorizationConfig");
        return new EfsVolume(
                Json.text(volume, "name"),
                Json.text(efs, "fileSystemId"),
                Json.optionalText(authorization, "accessPointId"),
                Json.optionalText(efs, "rootDirectory").orElse("/"),
                Json.text(efs, "transitEncryption").equals("ENABLED"),
                Json.text(authorization, "iam").equals("ENABLED"));
    }
}
