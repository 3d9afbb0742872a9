package dev.efsautopilot.revision;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.efsautopilot.json.Json;
import dev.efsautopilot.plan.Refusal;
import dev.efsautopilot.plan.Result;
import dev.efsautopilot.storage.AccessPointWish;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * A revision with the volumes that are asked for: a lossless copy of its source, plus volumes and
 * mount points, and nothing else.
 */
public final class AttachVolumes {

    private AttachVolumes() {}

    /**
     * What RegisterTaskDefinition takes, without tags; equal to {@link Revision#copy()} where the
     * source already says what is asked.
     *
     * @param accessPointIds the id of each access point that is made for it
     */
    public static Result<ObjectNode> revise(
            Revision source,
            List<Attachment> attachments,
            Function<AccessPointWish, String> accessPointIds) {
        var draft = source.copy();
        var refusal = platform(source);
        for (var attachment : attachments) {
            refusal =
                    refusal.or(() -> Volumes.put(draft, attachment, accessPointIds))
                            .or(() -> MountPoints.put(draft, attachment.intent()));
        }
        return refusal.<Result<ObjectNode>>map(Result::refused).orElseGet(() -> Result.ok(draft));
    }

    /** Whether two definitions say the same, defaults that ECS writes out apart. */
    public static boolean same(JsonNode one, JsonNode other) {
        return NormalForm.of(one).equals(NormalForm.of(other));
    }

    private static Optional<Refusal> platform(Revision source) {
        var definition = source.definition();
        if (!source.active()) {
            return Optional.of(
                    Refusal.conflict(
                            source.name(),
                            "the revision is " + Json.text(definition, "status"),
                            "register a new revision with the tags"));
        }
        var system = Json.text(definition.path("runtimePlatform"), "operatingSystemFamily");
        if (system.startsWith("WINDOWS")) {
            return Optional.of(
                    Refusal.invalid(
                            source.name() + ": runtimePlatform",
                            "EFS can't be mounted on " + system,
                            "use Linux containers or FSx for Windows File Server"));
        }
        return Json.texts(definition, "requiresCompatibilities").contains("EXTERNAL")
                ? Optional.of(
                        Refusal.invalid(
                                source.name() + ": requiresCompatibilities",
                                "EFS volumes are not for the launch type EXTERNAL",
                                "use FARGATE, EC2 or MANAGED_INSTANCES"))
                : Optional.empty();
    }
}
