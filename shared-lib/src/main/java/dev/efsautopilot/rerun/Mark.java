package dev.efsautopilot.rerun;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.efsautopilot.json.Json;
import dev.efsautopilot.json.Sha256;
import dev.efsautopilot.task.Task;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;

/** How the task of an attempt is known: by its token, its tags, and its {@code startedBy}. */
final class Mark {

    /** Tag of a re-run: {@code <root task id>/<attempt>}. */
    static final String TAG = "efs-autopilot/rerun-of";

    /** Tag of a re-run: when the first task of its lineage was started. */
    static final String SINCE = "efs-autopilot/rerun-since";

    /** Tag of a re-run for people: which it is, what it follows, and later how that ended. */
    static final String STATUS = "efs-autopilot/status";

    private static final String OURS = "efs-autopilot/";
    private static final int MOST_TAGS = 50;
    private static final int TRIES_OF_A_TOKEN = 4;

    /** How long a token is trusted to be remembered; AWS does not say how long it is. */
    private static final Duration TOKEN_LIFE = Duration.ofMinutes(10);

    private Mark() {}

    /** The mark of an attempt's task: {@code <root task id>/<attempt>}. */
    static String of(String root, Attempt attempt) {
        return root.substring(root.lastIndexOf('/') + 1) + "/" + attempt.number();
    }

    /**
     * A hash of what the call is for. AWS may remember a token that started nothing: every few
     * tries get another one.
     */
    static String token(String root, Attempt attempt) {
        var what = root + "/" + attempt.number() + "/" + attempt.tries() / TRIES_OF_A_TOKEN;
        return Sha256.of(what);
    }

    /** The number of tries from which on the token is another. */
    static int nextToken(int tries) {
        return (tries / TRIES_OF_A_TOKEN + 1) * TRIES_OF_A_TOKEN;
    }

    /** Whether its token alone might start a task that an earlier call has started already. */
    static boolean mayHaveATwin(Attempt attempt, Instant now) {
        return attempt.tries() >= TRIES_OF_A_TOKEN || now.isAfter(attempt.due().plus(TOKEN_LIFE));
    }

    /**
     * Whose re-run a task is: {@code <root task id>/<attempt>}, by its tag, or by what we wrote
     * into {@code startedBy}, which events carry too.
     */
    static Optional<String> rerunOf(Task task) {
        return tag(task, TAG)
                .map(JsonNode::textValue)
                .or(() ->
                        Optional.of(task.startedBy())
                                .filter(by -> by.startsWith(OURS))
                                .map(by -> by.substring(OURS.length())));
    }

    /** When the first task of its lineage was started; empty where that is not known. */
    static Optional<Instant> since(Task task) {
        return rerunOf(task).isEmpty()
                ? Times.of(task, "createdAt")
                : tag(task, SINCE).flatMap(Times::parse);
    }

    private static Optional<JsonNode> tag(Task task, String key) {
        return Json.list(task.json(), "tags").stream()
                .filter(tag -> Json.text(tag, "key").equals(key))
                .map(tag -> tag.path("value"))
                .filter(JsonNode::isTextual)
                .findFirst();
    }

    /**
     * Marks a request.
     *
     * @param task the task in whose place it runs
     */
    static void put(ObjectNode request, Task task, String root, Attempt attempt) {
        var mark = of(root, attempt);
        request.put("clientToken", token(root, attempt));
        request.put("startedBy", startedBy(Json.text(request, "startedBy"), mark));
        var tags = new LinkedHashMap<String, String>();
        tags.put(TAG, mark);
        since(task).ifPresent(first -> tags.put(SINCE, first.toString()));
        tags.put(STATUS, "re-run " + attempt.number() + " after " + attempt.cause().word());
        tag(request, task, tags);
    }

    /** What the first had, else our mark. */
    private static String startedBy(String first, String mark) {
        return first.isEmpty() || first.startsWith(OURS) ? OURS + mark : first;
    }

    /** There is room for 50: the mark comes first, the status is for people. */
    private static void tag(ObjectNode request, Task task, SequencedMap<String, String> marks) {
        var tags =
                Json.list(request, "tags").stream()
                        .filter(tag -> !marks.containsKey(Json.text(tag, "key")))
                        .toList();
        request.remove("tags");
        if (!tags.isEmpty()) {
            request.putArray("tags").addAll(tags);
        }
        if (takesTags(task)) {
            marks.entrySet().stream()
                    .limit(MOST_TAGS - tags.size())
                    .forEach(mark ->
                            request.withArray("tags")
                                    .addObject()
                                    .put("key", mark.getKey())
                                    .put("value", mark.getValue()));
        }
    }

    /** Whether its ARN is of the longer format, with the cluster in it: others take no tags. */
    static boolean takesTags(Task task) {
        return List.of(task.arn().split("/", -1)).size() == 3;
    }
}
