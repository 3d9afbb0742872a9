package dev.efsautopilot.rerun;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.efsautopilot.json.Json;
import dev.efsautopilot.plan.Refusal;
import dev.efsautopilot.plan.Result;
import dev.efsautopilot.task.Task;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/**
 * The {@code RunTask} request that runs a stopped task the same way: from the ledger's record of
 * its launch, and from the task itself where the record does not say.
 */
final class LaunchRequest {

    /** Tag of a re-run: {@code <root task id>/<attempt>}. */
    static final String TAG = "efs-autopilot/rerun-of";

    private static final int MOST_TAGS = 50;

    private LaunchRequest() {}

    /**
     * The request; refused where it would be another launch than the first.
     *
     * @param launch the ledger's document {@code {source, complete, request}}
     * @param taskDefinition {@code taskDefinition} as it is described
     */
    static Result<ObjectNode> of(
            Task stopped,
            JsonNode taskDefinition,
            Optional<JsonNode> launch,
            String root,
            Attempt attempt) {
        var request =
                launch.map(record -> Json.object(record, "request").<ObjectNode>deepCopy())
                        .orElseGet(Json.MAPPER::createObjectNode);
        var complete = launch.map(record -> record.path("complete").asBoolean()).orElse(false);
        if (!complete) {
            fill(request, stopped);
        }
        var missing = missing(request, stopped, taskDefinition);
        if (missing.isPresent()) {
            return Result.refused(missing.get());
        }
        var rootId = id(root);
        request.put("cluster", stopped.clusterArn());
        request.put("taskDefinition", stopped.taskDefinitionArn());
        request.put("count", 1);
        request.put("clientToken", token(root, attempt));
        if (Json.text(request, "startedBy").isEmpty()) {
            request.put("startedBy", "efs-autopilot/" + rootId + "/" + attempt.number());
        }
        mark(request, stopped, rootId + "/" + attempt.number());
        return Result.ok(request);
    }

    /** A hash of what the call is for: the attempt, and the try where one started nothing. */
    static String token(String root, Attempt attempt) {
        var what = root + "/" + attempt.number() + "/" + attempt.tries();
        try {
            return HexFormat.of()
                    .formatHex(
                            MessageDigest.getInstance("SHA-256")
                                    .digest(what.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    /** The root's id and the attempt's number that a re-run's tag says. */
    static Optional<String> tagOf(Task task) {
        return Json.list(task.json(), "tags").stream()
                .filter(tag -> Json.text(tag, "key").equals(TAG))
                .flatMap(tag -> Json.optionalText(tag, "value").stream())
                .findFirst();
    }

    private static String id(String arn) {
        return arn.substring(arn.lastIndexOf('/') + 1);
    }

    /** What the task itself still says of its launch, where the record does not. */
    private static void fill(ObjectNode request, Task task) {
        var json = task.json();
        if (!request.has("launchType") && !request.has("capacityProviderStrategy")) {
            Json.optionalText(json, "capacityProviderName")
                    .ifPresentOrElse(
                            name ->
                                    request.putArray("capacityProviderStrategy")
                                            .addObject()
                                            .put("capacityProvider", name)
                                            .put("weight", 1),
                            () -> text(request, "launchType", task.launchType()));
        }
        if (task.launchType().equals("FARGATE")) {
            text(request, "platformVersion", Json.text(json, "platformVersion"));
        }
        if (!task.group().startsWith("family:")) {
            text(request, "group", task.group());
        }
        if (!task.startedBy().startsWith("efs-autopilot/")) {
            text(request, "startedBy", task.startedBy());
        }
        if (!request.has("overrides") && json.path("overrides").isObject()) {
            request.set("overrides", json.path("overrides").deepCopy());
        }
        if (!request.has("tags")) {
            var tags = request.putArray("tags");
            Json.list(json, "tags").stream()
                    .filter(tag -> !Json.text(tag, "key").startsWith("aws:"))
                    .filter(tag -> !Json.text(tag, "key").equals(TAG))
                    .forEach(tags::add);
        }
        if (json.path("enableExecuteCommand").asBoolean()) {
            request.put("enableExecuteCommand", true);
        }
    }

    private static void text(ObjectNode request, String field, String value) {
        if (!request.has(field) && !value.isEmpty()) {
            request.put(field, value);
        }
    }

    private static Optional<Refusal> missing(
            ObjectNode request, Task task, JsonNode taskDefinition) {
        var awsvpc =
                Json.text(taskDefinition, "networkMode").equals("awsvpc")
                        || task.subnetId().isPresent();
        if (awsvpc && !request.has("networkConfiguration")) {
            return Optional.of(
                    unknown(
                            "networkConfiguration",
                            "no event and no record tells its subnets and security groups"));
        }
        var configured =
                Json.list(taskDefinition, "volumes").stream()
                        .anyMatch(volume -> volume.path("configuredAtLaunch").asBoolean());
        if (configured && !request.has("volumeConfigurations")) {
            return Optional.of(
                    unknown("volumeConfigurations", "its EBS volume was configured at launch"));
        }
        return Optional.empty();
    }

    private static Refusal unknown(String field, String problem) {
        return Refusal.conflict(
                field,
                problem,
                "run it by hand; a CloudTrail trail with management events lets every launch be"
                        + " remembered");
    }

    /** Tags need the longer ARN format, and there is room for 50. */
    private static void mark(ObjectNode request, Task task, String value) {
        var tags = Json.list(request, "tags");
        if (List.of(task.arn().split("/", -1)).size() < 3 || tags.size() >= MOST_TAGS) {
            return;
        }
        var array = request.putArray("tags");
        tags.forEach(array::add);
        array.addObject().put("key", TAG).put("value", value);
    }
}
