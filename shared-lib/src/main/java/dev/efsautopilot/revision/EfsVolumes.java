package dev.efsautopilot.revision;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.efsautopilot.intent.VolumeIntent;
import dev.efsautopilot.json.Json;
import dev.efsautopilot.plan.Refusal;
import dev.efsautopilot.storage.AccessPointWish;
import java.util.Optional;
import java.util.function.Function;

/** The {@code volumes} of a task definition. */
final class EfsVolumes {

    private static final String EFS = "efsVolumeConfiguration";

    private EfsVolumes() {}

    /** Puts a volume in, fills in one that is declared empty, or leaves one that is as asked. */
    static Optional<Refusal> put(
            ObjectNode draft, Attachment attachment, Function<AccessPointWish, String> ids) {
        var intent = attachment.intent();
        var role = !Json.text(draft, "taskRoleArn").isBlank();
        if (intent.iam() == VolumeIntent.Iam.ON && !role) {
            return Optional.of(
                    Refusal.invalid(
                            intent.field("iam"),
                            "is on and the task definition has no task role",
                            "give it a taskRoleArn, or write iam=off"));
        }
        var wanted = configuration(attachment, ids, role);
        var declared =
                Json.list(draft, "volumes").stream()
                        .filter(volume -> Json.text(volume, "name").equals(intent.volume()))
                        .findFirst();
        if (declared.isEmpty()) {
            volumes(draft).addObject().put("name", intent.volume()).set(EFS, wanted);
            return Optional.empty();
        }
        return fill((ObjectNode) declared.get(), intent, wanted);
    }

    private static Optional<Refusal> fill(
            ObjectNode declared, VolumeIntent intent, ObjectNode wanted) {
        if (isEmpty(declared)) {
            // Of host, efsVolumeConfiguration and the others, ECS takes one.
            declared.remove("host");
            declared.set(EFS, wanted);
            return Optional.empty();
        }
        if (!declared.path(EFS).isObject()) {
            return Optional.of(
                    Refusal.conflict(
                            intent.tag(),
                            "the task definition has a volume of that name and another kind",
                            "give one of the two another name"));
        }
        return isAsAsked(declared.path(EFS), intent, wanted)
                ? Optional.empty()
                : Optional.of(
                        Refusal.conflict(
                                intent.tag(),
                                "the task definition has an EFS volume of that name and other"
                                        + " settings",
                                "declare it as an empty volume, or take the tag away"));
    }

    /** Also as ECS describes it, where an empty volume has an empty host. */
    private static boolean isEmpty(JsonNode volume) {
        return volume.properties().stream()
                .filter(field -> !field.getKey().equals("name"))
                .map(field -> field.getValue())
                .allMatch(value ->
                        value.isNull()
                                || (value.isBoolean() && !value.booleanValue())
                                || (value.isObject() && value.isEmpty()));
    }

    /** What nobody asked for may differ: a port, and IAM where its word is absent. */
    private static boolean isAsAsked(JsonNode declared, VolumeIntent intent, ObjectNode wanted) {
        ObjectNode comparable = declared.deepCopy();
        comparable.remove("transitEncryptionPort");
        ObjectNode other = wanted.deepCopy();
        if (intent.iam() == VolumeIntent.Iam.WITH_TASK_ROLE) {
            withoutIam(comparable);
            withoutIam(other);
        }
        NormalForm.efs(comparable);
        NormalForm.efs(other);
        return comparable.equals(other);
    }

    private static void withoutIam(ObjectNode efs) {
        if (efs.path("authorizationConfig") instanceof ObjectNode authorization) {
            authorization.remove("iam");
        }
    }

    private static ObjectNode configuration(
            Attachment attachment, Function<AccessPointWish, String> ids, boolean role) {
        var efs = Json.MAPPER.createObjectNode().put("fileSystemId", attachment.fileSystemId());
        efs.put("transitEncryption", "ENABLED");
        var authorization = Json.MAPPER.createObjectNode();
        switch (attachment.root()) {
            case Attachment.Root.Wished(var wish) ->
                    authorization.put("accessPointId", ids.apply(wish));
            case Attachment.Root.Existing(var id) -> authorization.put("accessPointId", id);
            case Attachment.Root.Directory(var path) -> efs.put("rootDirectory", path.text());
        }
        var iam =
                switch (attachment.intent().iam()) {
                    case ON -> true;
                    case OFF -> false;
                    case WITH_TASK_ROLE -> role;
                };
        authorization.put("iam", iam ? "ENABLED" : "DISABLED");
        efs.set("authorizationConfig", authorization);
        return efs;
    }

    private static ArrayNode volumes(ObjectNode draft) {
        return draft.path("volumes") instanceof ArrayNode list ? list : draft.putArray("volumes");
    }
}
