package dev.efsautopilot.revision;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.efsautopilot.intent.MountIntent;
import dev.efsautopilot.intent.VolumeIntent;
import dev.efsautopilot.json.Json;
import dev.efsautopilot.plan.Refusal;
import dev.efsautopilot.plan.Result;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The {@code mountPoints} of a task definition's containers. */
final class MountPoints {

    private MountPoints() {}

    /** Puts the mounts of a volume in; those that are there as asked stay as they are. */
    static Optional<Refusal> put(ObjectNode draft, VolumeIntent intent) {
        var containers = Json.list(draft, "containerDefinitions");
        if (intent.mounts().isEmpty()) {
            return isMounted(containers, intent.volume())
                    ? Optional.empty()
                    : Optional.of(
                            Refusal.invalid(
                                    intent.field("mount"),
                                    "no mount is named and no mountPoints name the volume",
                                    "write mount=container:/path"));
        }
        Optional<Refusal> refusal = Optional.empty();
        for (var mount : intent.mounts()) {
            refusal =
                    refusal.or(() ->
                            switch (container(containers, intent, mount)) {
                                case Result.Ok<ObjectNode>(var found) -> put(found, intent, mount);
                                case Result.Refused<ObjectNode>(var why) -> Optional.of(why);
                            });
        }
        return refusal;
    }

    private static boolean isMounted(List<JsonNode> containers, String volume) {
        return containers.stream()
                .flatMap(container -> Json.list(container, "mountPoints").stream())
                .anyMatch(mountPoint -> Json.text(mountPoint, "sourceVolume").equals(volume));
    }

    private static Result<ObjectNode> container(
            List<JsonNode> containers, VolumeIntent intent, MountIntent mount) {
        var named =
                containers.stream()
                        .filter(container ->
                                mount.container()
                                        .map(Json.text(container, "name")::equals)
                                        .orElseGet(
                                                () -> container.path("essential").asBoolean(true)))
                        .toList();
        if (named.size() == 1 && named.getFirst() instanceof ObjectNode container) {
            return Result.ok(container);
        }
        var names =
                containers.stream()
                        .map(container -> Json.text(container, "name"))
                        .collect(Collectors.joining(", "));
        return Result.refused(
                Refusal.invalid(
                        intent.field("mount"),
                        mount.container()
                                .map(name -> "no container is named " + name)
                                .orElse("there is not exactly one essential container"),
                        "name one of " + names));
    }

    private static Optional<Refusal> put(
            ObjectNode container, VolumeIntent intent, MountIntent mount) {
        var there =
                Json.list(container, "mountPoints").stream()
                        .filter(point -> isAt(point, mount.path()))
                        .findFirst();
        if (there.isPresent()
                ? !isAsAsked(there.get(), intent, mount)
                : isTmpfs(container, mount)) {
            return Optional.of(
                    Refusal.conflict(
                            intent.field("mount"),
                            "container "
                                    + Json.text(container, "name")
                                    + " already has something else at "
                                    + mount.path(),
                            "choose another path"));
        }
        if (there.isEmpty()) {
            mountPoints(container)
                    .addObject()
                    .put("sourceVolume", intent.volume())
                    .put("containerPath", mount.path())
                    .put("readOnly", mount.readOnly());
        }
        return Optional.empty();
    }

    private static boolean isAt(JsonNode point, String path) {
        return Json.text(point, "containerPath").replaceAll("(?<=.)/+$", "").equals(path);
    }

    private static boolean isTmpfs(JsonNode container, MountIntent mount) {
        return Stream.of(container.path("linuxParameters"))
                .flatMap(parameters -> Json.list(parameters, "tmpfs").stream())
                .anyMatch(tmpfs -> isAt(tmpfs, mount.path()));
    }

    private static boolean isAsAsked(JsonNode point, VolumeIntent intent, MountIntent mount) {
        return Json.text(point, "sourceVolume").equals(intent.volume())
                && point.path("readOnly").asBoolean() == mount.readOnly();
    }

    private static ArrayNode mountPoints(ObjectNode container) {
        return container.path("mountPoints") instanceof ArrayNode list
                ? list
                : container.putArray("mountPoints");
    }
}
