package dev.efsautopilot.rerun;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.efsautopilot.json.Json;
import dev.efsautopilot.rerun.Verdict.Abandon;
import dev.efsautopilot.rerun.Verdict.Nothing;
import dev.efsautopilot.rerun.Verdict.Recovered;
import dev.efsautopilot.rerun.Verdict.Repair;
import dev.efsautopilot.rerun.Verdict.RunAgain;
import dev.efsautopilot.rerun.Verdict.WaitUntil;
import dev.efsautopilot.stop.Stop;
import dev.efsautopilot.stop.StopCause;
import dev.efsautopilot.task.Task;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * What a stop means and what task-rerun would do about it, told from one document alone.
 *
 * @param cause why the task stopped
 * @param action what would be done at its first stop
 * @param why the reason, and what a person has to do where nothing is done
 */
public record Why(StopCause cause, Action action, String why) {

    /** What task-rerun does about a stop. */
    public enum Action {
        /** Run the task again at once. */
        RUN,
        /** Run it again after a while. */
        RUN_LATER,
        /** Open its way to its storage, then run it again. */
        REPAIR_THEN_RUN,
        /** Leave it stopped. */
        NONE;

        /** The name in answers, e.g. {@code run-later}. */
        public String word() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    /** In the middle of the jitter: an answer is the same whenever it is asked for. */
    private static final double JITTER = 0.5;

    private static final Instant NOW = Instant.EPOCH;

    /**
     * The tasks in a document: an {@code ECS Task State Change} event, an answer of {@code
     * DescribeTasks}, one task of it, or what is known of one.
     */
    public static Stream<JsonNode> stops(JsonNode document) {
        if (document.isTextual()) {
            return Stream.of(
                    Json.MAPPER.createObjectNode().put("stoppedReason", document.textValue()));
        }
        if (document.isArray()) {
            return document.valueStream().flatMap(Why::stops);
        }
        if (document.path("tasks").isArray()) {
            return Json.list(document, "tasks").stream();
        }
        return Stream.of(document.path("detail").isObject() ? document.path("detail") : document);
    }

    /**
     * Decides.
     *
     * @param stop with the fields of a task as {@code DescribeTasks} has them, any of them missing;
     *     its containers may say whether they are {@code essential}
     */
    public static Why of(JsonNode stop, RerunPolicy policy) {
        var task = task(stop);
        var heard = Stop.parse(stop);
        var cause = heard.cause();
        var status = task.lastStatus();
        if (!status.isEmpty() && !status.equals("STOPPED")) {
            return new Why(cause, Action.NONE, "it has not stopped: its last status is " + status);
        }
        var at = new Case(task, Json.MAPPER.missingNode(), List.of(), heard, cause);
        var situation =
                new Situation(
                        cause,
                        heard.exitCodes(),
                        ran(at, heard),
                        policy,
                        at.ownTag(),
                        Owner.of(task),
                        Lineage.of(task.arn()),
                        false,
                        false,
                        false,
                        NOW,
                        JITTER);
        return of(cause, Judge.verdict(situation));
    }

    private static Why of(StopCause cause, Verdict verdict) {
        return switch (verdict) {
            case RunAgain(_, var why) -> new Why(cause, Action.RUN, why);
            case WaitUntil(_, _, var why) -> new Why(cause, Action.RUN_LATER, why);
            case Repair(var thenRun, _, _, var why) ->
                    thenRun
                            ? new Why(cause, Action.REPAIR_THEN_RUN, why)
                            : new Why(cause, Action.NONE, why);
            case Abandon(var why, var remedy) ->
                    new Why(cause, Action.NONE, why + "; to do: " + remedy);
            case Recovered(var why) -> new Why(cause, Action.NONE, why);
            case Nothing(var why) -> new Why(cause, Action.NONE, why);
        };
    }

    /** The words of the tag on the task itself; "" where the document has none. */
    public static String tag(JsonNode stop) {
        return Json.list(stop, "tags").stream()
                .filter(tag -> Json.text(tag, "key").equals(RerunPolicy.TAG))
                .map(tag -> Json.text(tag, "value"))
                .findFirst()
                .orElse("");
    }

    private static Task task(JsonNode stop) {
        var named =
                stop instanceof ObjectNode object
                        ? object.deepCopy()
                        : Json.MAPPER.createObjectNode();
        if (Json.optionalText(named, "taskArn").isEmpty()) {
            named.put("taskArn", "task/unknown");
        }
        return Task.parse(named).orElseThrow();
    }

    /** What does not say when it started may have run, unless it says that it did not start. */
    private static Duration ran(Case at, Stop stop) {
        var never =
                stop.stopCode().equals("TaskFailedToStart")
                        || at.task().json().hasNonNull("createdAt");
        var known = at.ran(NOW);
        return known.isZero() && !never ? Duration.ofSeconds(1) : known;
    }

    /** The answer with the names that machines read. */
    public ObjectNode json() {
        return Json.MAPPER
                .createObjectNode()
                .put("class", cause.stopClass().word())
                .put("cause", cause.word())
                .put("action", action.word())
                .put("why", why);
    }
}
