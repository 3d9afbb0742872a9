package dev.efsautopilot.rerun;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.efsautopilot.json.Json;
import dev.efsautopilot.launch.LaunchRecord;
import dev.efsautopilot.launch.LaunchRecords;
import dev.efsautopilot.plan.Refusal;
import dev.efsautopilot.plan.Result;
import dev.efsautopilot.task.Task;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The {@code RunTask} request that runs a stopped task the same way: from the ledger's record of
 * its launch, and from the task itself where the record does not say.
 */
final class LaunchRequest {

    /** Tag of a re-run: {@code <root task id>/<attempt>}. */
    static final String TAG = "efs-autopilot/rerun-of";

    /** Tag of a re-run for people: which it is, and what it follows. */
    static final String STATUS = "efs-autopilot/status";

    private static final String OURS = "efs-autopilot/";
    private static final int MOST_TAGS = 50;
    private static final int TRIES_OF_A_TOKEN = 4;

    /** How long a token is trusted to be remembered; AWS does not say how long it is. */
    private static final Duration TOKEN_LIFE = Duration.ofMinutes(10);

    private LaunchRequest() {}

    /**
     * A request.
     *
     * @param request as {@code RunTask} takes it
     * @param notKnown what may be other than it was at first, in words
     */
    record Launch(ObjectNode request, List<String> notKnown) {}

    /**
     * The request; refused where it would be another launch than the first.
     *
     * @param remembered what the ledger knows of the launch
     * @param taskDefinition {@code taskDefinition} as it is described
     */
    static Result<Launch> of(
            Task stopped,
            JsonNode taskDefinition,
            Optional<LaunchRecord> remembered,
            String root,
            Attempt attempt) {
        var observed = LaunchRecords.observed(stopped, Optional.empty());
        var launch = remembered.map(known -> known.merge(observed)).orElse(observed);
        var request = launch.request().deepCopy();
        var gap = gap(request, launch.missing(), stopped, taskDefinition);
        if (gap.isPresent()) {
            return Result.refused(gap.get());
        }
        var mark = mark(root, attempt);
        request.put("cluster", stopped.clusterArn());
        request.put("taskDefinition", stopped.taskDefinitionArn());
        if (Elsewhere.helps(request, stopped, attempt.cause())) {
            Elsewhere.choose(request, stopped);
        }
        request.put("count", 1);
        request.put("clientToken", token(root, attempt));
        request.put("startedBy", startedBy(Json.text(request, "startedBy"), mark));
        var status = "re-run " + attempt.number() + " after " + attempt.cause().word();
        mark(request, stopped, Map.of(TAG, mark, STATUS, status));
        return Result.ok(new Launch(request, launch.missing()));
    }

    /**
     * A hash of what the call is for. AWS may remember a token that started nothing: every few
     * tries get another one.
     */
    static String token(String root, Attempt attempt) {
        var what = root + "/" + attempt.number() + "/" + attempt.tries() / TRIES_OF_A_TOKEN;
        try {
            return HexFormat.of()
                    .formatHex(
                            MessageDigest.getInstance("SHA-256")
                                    .digest(what.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    /** Whether its token alone might start a task that an earlier call has started already. */
    static boolean mayHaveATwin(Attempt attempt, Instant now) {
        return attempt.tries() >= TRIES_OF_A_TOKEN || now.isAfter(attempt.due().plus(TOKEN_LIFE));
    }

    /** The mark of an attempt's task: {@code <root task id>/<attempt>}. */
    static String mark(String root, Attempt attempt) {
        return id(root) + "/" + attempt.number();
    }

    /** What an attempt's task gets for {@code startedBy}: what the first had, else our mark. */
    static String startedBy(String first, String mark) {
        return first.isEmpty() || first.startsWith(OURS) ? OURS + mark : first;
    }

    /**
     * Whose re-run a task is: {@code <root task id>/<attempt>}, by its tag, or by what we wrote
     * into {@code startedBy}, which events carry too.
     */
    static Optional<String> rerunOf(Task task) {
        return Json.list(task.json(), "tags").stream()
                .filter(tag -> Json.text(tag, "key").equals(TAG))
                .flatMap(tag -> Json.optionalText(tag, "value").stream())
                .findFirst()
                .or(() ->
                        Optional.of(task.startedBy())
                                .filter(by -> by.startsWith(OURS))
                                .map(by -> by.substring(OURS.length())));
    }

    private static String id(String arn) {
        return arn.substring(arn.lastIndexOf('/') + 1);
    }

    private static Optional<Refusal> gap(
            ObjectNode request, List<String> missing, Task task, JsonNode taskDefinition) {
        var hidden = missing.stream().filter(what -> what.startsWith("overrides")).findFirst();
        if (hidden.isPresent()) {
            return Optional.of(unknown("overrides", hidden.get()));
        }
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
    private static void mark(ObjectNode request, Task task, Map<String, String> marks) {
        var tags =
                Json.list(request, "tags").stream()
                        .filter(tag -> !marks.containsKey(Json.text(tag, "key")))
                        .toList();
        request.remove("tags");
        if (!tags.isEmpty()) {
            request.putArray("tags").addAll(tags);
        }
        if (List.of(task.arn().split("/", -1)).size() < 3 || tags.size() >= MOST_TAGS) {
            return;
        }
        // The mark first: it is what makes a re-run known, the status is for people.
        Stream.of(TAG, STATUS)
                .limit(MOST_TAGS - tags.size())
                .forEach(key ->
                        request.withArray("tags")
                                .addObject()
                                .put("key", key)
                                .put("value", marks.getOrDefault(key, "")));
    }
}
