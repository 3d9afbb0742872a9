package dev.efsautopilot.task;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.stream.Stream;

/** What a task definition mounts over NFS, on EFS and on S3 Files. */
public final class NfsVolumes {

    private NfsVolumes() {}

    /**
     * All of them as they are mounted; those on S3 Files have ARNs in the place of ids.
     *
     * @param taskDefinition {@code taskDefinition} as it is described
     */
    public static List<EfsVolume> mounted(JsonNode taskDefinition) {
        return Stream.concat(
                        EfsVolume.of(taskDefinition).stream(),
                        S3FilesVolume.of(taskDefinition).stream().map(S3FilesVolume::mounted))
                .toList();
    }

    /**
     * The file systems, each once: the id of one on EFS, and on S3 Files the ARN of the access
     * point or, where a volume names none, of the file system.
     *
     * @param taskDefinition {@code taskDefinition} as it is described
     */
    public static List<String> of(JsonNode taskDefinition) {
        var efs = EfsVolume.of(taskDefinition).stream().map(EfsVolume::fileSystemId);
        var s3Files =
                S3FilesVolume.of(taskDefinition).stream()
                        .map(volume -> volume.accessPointArn().orElse(volume.fileSystemArn()))
                        .filter(arn -> !arn.isEmpty());
        return Stream.concat(efs, s3Files).distinct().toList();
    }
}
