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
final class Volumes {

    private Volumes() {}

    /** Puts a volume in, fills in one that is declared empty, or leaves one that is as asked. */
    static Optional<Refusal> put(
            ObjectNode draft, Attachment attachment, Function<AccessPointWish, String> ids) {
        var intent = attachment.intent();
        var role = !Json.text(draft, "taskRoleArn").isBlank();
        if (!role && needsRole(attachment)) {
            return Optional.of(
                    Refusal.invalid(
                            intent.field("iam"),
                            "is on and the task definition has no task role",
                            attachment.root() instanceof Attachment.Root.S3Files
                                    ? "give it a taskRoleArn: S3 Files is mounted with it alone"
                                    : "give it a taskRoleArn, or write iam=off"));
        }
        var wanted = VolumeConfiguration.of(attachment, ids, role);
        var declared =
                Json.list(draft, "volumes").stream()
                        .filter(volume -> Json.text(volume, "name").equals(intent.volume()))
                        .findFirst();
        if (declared.isEmpty()) {
            volumes(draft)
                    .addObject()
                    .put("name", intent.volume())
                    .set(wanted.field(), wanted.value());
            return Optional.empty();
        }
        return fill((ObjectNode) declared.get(), intent, wanted);
    }

    private static boolean needsRole(Attachment attachment) {
        return attachment.intent().iam() == VolumeIntent.Iam.ON
                || attachment.root() instanceof Attachment.Root.S3Files;
    }

    private static Optional<Refusal> fill(
            ObjectNode declared, VolumeIntent intent, VolumeConfiguration wanted) {
        if (isEmpty(declared)) {
            // Of host, efsVolumeConfiguration and the others, ECS takes one.
            declared.remove("host");
            declared.set(wanted.field(), wanted.value());
            return Optional.empty();
        }
        if (!declared.path(wanted.field()).isObject()) {
            return Optional.of(
                    Refusal.conflict(
                            intent.tag(),
                            "the task definition has a volume of that name and another kind",
                            "give one of the two another name"));
        }
        return wanted.isMetBy(declared.path(wanted.field()), intent)
                ? Optional.empty()
                : Optional.of(
                        Refusal.conflict(
                                intent.tag(),
                                "the task definition has a volume of that name and other settings",
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

    private static ArrayNode volumes(ObjectNode draft) {
        return draft.path("volumes") instanceof ArrayNode list ? list : draft.putArray("volumes");
    }
}
