package dev.efsautopilot.revision;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.efsautopilot.intent.EfsPath;
import dev.efsautopilot.intent.VolumeIntent;
import dev.efsautopilot.json.Json;
import dev.efsautopilot.storage.AccessPointWish;
import java.util.Optional;
import java.util.function.Function;

/**
 * What a volume is, as a task definition says it.
 *
 * @param field the member of the volume
 * @param value its value
 */
record VolumeConfiguration(String field, ObjectNode value) {

    static final String EFS = "efsVolumeConfiguration";
    static final String S3_FILES = "s3filesVolumeConfiguration";

    /**
     * What is asked for.
     *
     * @param ids the id of each access point that is made for it
     * @param role whether the definition has a task role
     */
    static VolumeConfiguration of(
            Attachment attachment, Function<AccessPointWish, String> ids, boolean role) {
        return switch (attachment.root()) {
            case Attachment.Root.Wished(var wish) -> efs(attachment, ids.apply(wish), role);
            case Attachment.Root.Existing(var id) -> efs(attachment, id, role);
            case Attachment.Root.Directory(var path) -> {
                var directory = efs(attachment, "", role);
                directory.value.put("rootDirectory", path.text());
                yield directory;
            }
            case Attachment.Root.S3Files(var accessPoint, var path) ->
                    s3Files(attachment.fileSystemId(), accessPoint, path);
        };
    }

    private static VolumeConfiguration efs(
            Attachment attachment, String accessPointId, boolean role) {
        var authorization = Json.MAPPER.createObjectNode();
        if (!accessPointId.isEmpty()) {
            authorization.put("accessPointId", accessPointId);
        }
        var iam =
                switch (attachment.intent().iam()) {
                    case ON -> true;
                    case OFF -> false;
                    case WITH_TASK_ROLE -> role;
                };
        authorization.put("iam", iam ? "ENABLED" : "DISABLED");
        var efs =
                Json.MAPPER
                        .createObjectNode()
                        .put("fileSystemId", attachment.fileSystemId())
                        .put("transitEncryption", "ENABLED");
        efs.set("authorizationConfig", authorization);
        return new VolumeConfiguration(EFS, efs);
    }

    /** With an access point, the root directory must be absent. */
    private static VolumeConfiguration s3Files(
            String fileSystemArn, Optional<String> accessPointArn, EfsPath path) {
        var s3 = Json.MAPPER.createObjectNode().put("fileSystemArn", fileSystemArn);
        accessPointArn.ifPresentOrElse(
                arn -> s3.put("accessPointArn", arn), () -> s3.put("rootDirectory", path.text()));
        return new VolumeConfiguration(S3_FILES, s3);
    }

    /** What nobody asked for may differ: a port, and IAM where its word is absent. */
    boolean isMetBy(JsonNode declared, VolumeIntent intent) {
        ObjectNode comparable = declared.deepCopy();
        comparable.remove("transitEncryptionPort");
        ObjectNode wanted = value.deepCopy();
        if (intent.iam() == VolumeIntent.Iam.WITH_TASK_ROLE) {
            withoutIam(comparable);
            withoutIam(wanted);
        }
        NormalForm.configuration(comparable);
        NormalForm.configuration(wanted);
        return comparable.equals(wanted);
    }

    private static void withoutIam(ObjectNode efs) {
        if (efs.path("authorizationConfig") instanceof ObjectNode authorization) {
            authorization.remove("iam");
        }
    }
}
