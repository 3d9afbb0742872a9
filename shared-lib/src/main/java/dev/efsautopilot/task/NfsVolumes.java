package dev.efsautopilot.task;

import com.fasterxml.jackson.databind.JsonNode;
import dev.efsautopilot.json.Json;
import java.util.List;
import java.util.stream.Stream;

/** What a task definition mounts over NFS, on EFS and on S3 Files. */
public final class NfsVolumes {

    private NfsVolumes() {}

    /**
     * The file systems, each once: the id of one on EFS, and on S3 Files the ARN of the access
     * point or, where a volume names none, of the file system.
     *
     * @param taskDefinition {@code taskDefinition} as it is described
     */
    public static List<String> of(JsonNode taskDefinition) {
        var efs = EfsVolume.of(taskDefinition).stream().map(EfsVolume::fileSystemId);
        var s3Files =
                Json.list(taskDefinition, "volumes").stream()
                        .map(volume -> volume.path("s3filesVolumeConfiguration"))
                        .flatMap(s3 ->
                                Json.optionalText(s3, "accessPointArn")
                                        .or(() -> Json.optionalText(s3, "fileSystemArn"))
                                        .stream());
        return Stream.concat(efs, s3Files).distinct().toList();
    }
}
