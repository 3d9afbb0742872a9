package dev.efsautopilot.task;

import com.fasterxml.jackson.databind.JsonNode;
import dev.efsautopilot.json.Json;
import java.util.List;
import java.util.Optional;

/**
 * A volume on S3 Files, as a task definition declares it.
 *
 * @param name the volume's name
 * @param fileSystemArn the file system; "" where only its access point is named
 * @param accessPointArn the access point; empty where a directory is mounted
 * @param rootDirectory the directory; "/" where none is named
 */
public record S3FilesVolume(
        String name, String fileSystemArn, Optional<String> accessPointArn, String rootDirectory) {

    /**
     * The volumes of a task definition that are on S3 Files.
     *
     * @param taskDefinition {@code taskDefinition} as it is described
     */
    public static List<S3FilesVolume> of(JsonNode taskDefinition) {
        return Json.list(taskDefinition, "volumes").stream()
                .filter(volume -> volume.path("s3filesVolumeConfiguration").isObject())
                .map(S3FilesVolume::volume)
                .toList();
    }

    /**
     * The same as EFS would mount it: always with TLS and with the task role ("Configuring S3 Files
     * for Amazon ECS", Amazon ECS Developer Guide).
     */
    EfsVolume mounted() {
        var ofAccessPoint = accessPointArn.orElse("").replaceFirst("/access-point/.*", "");
        return new EfsVolume(
                name,
                fileSystemArn.isEmpty() ? ofAccessPoint : fileSystemArn,
                accessPointArn,
                rootDirectory,
                true,
                true);
    }

    private static S3FilesVolume volume(JsonNode volume) {
        var s3 = volume.path("s3filesVolumeConfiguration");
        return new S3FilesVolume(
                Json.text(volume, "name"),
                Json.text(s3, "fileSystemArn"),
                Json.optionalText(s3, "accessPointArn"),
                Json.optionalText(s3, "rootDirectory").orElse("/"));
    }
}
