package dev.efsautopilot.local.demo;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.efsautopilot.json.Json;
import dev.efsautopilot.local.demo.Timeline.Voice;
import dev.efsautopilot.local.gateway.RecordedCall;
import dev.efsautopilot.local.stack.LocalAws;
import dev.efsautopilot.local.user.Await;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Hears everything that happens on the local AWS, shows it, and remembers what is asked for. */
final class Witness {

    private static final Duration SOON = Duration.ofSeconds(60);

    /** What most events come to; shown only to whoever asked. */
    private static final Set<String> QUIET = Set.of("ignored", "unchanged");

    private final Timeline timeline;
    private final Set<String> functions = ConcurrentHashMap.newKeySet();
    private final Set<String> outcomes = ConcurrentHashMap.newKeySet();

    private Witness(Timeline timeline) {
        this.timeline = timeline;
    }

    static Witness of(LocalAws aws, Timeline timeline) {
        var witness = new Witness(timeline);
        aws.gateway().calls().addListener(witness::call);
        aws.gateway().events().addListener(witness::event);
        aws.functionLogs().listen(witness::log);
        return witness;
    }

    /** The functions that said what came of an event, by their folders. */
    Set<String> functions() {
        return Set.copyOf(functions);
    }

    /** Waits until a function has told what came of something. */
    void awaitOutcomeOf(String function, String subject) {
        Await.untilTrue(
                function + " to tell of " + subject,
                SOON,
                () -> outcomes.contains(function + " " + subject));
    }

    private void call(RecordedCall call) {
        if (call.write() && call.caller().isFunction()) {
            var failed = call.errorCode().isEmpty() ? "" : "  " + call.errorCode();
            timeline.line(
                    call.service().equals("dynamodb") ? Voice.EVENT : Voice.CALL,
                    folder(call.caller().name()),
                    call.service() + ":" + call.operation() + " " + call.resource() + failed);
        }
    }

    private void event(String detailType, JsonNode detail) {
        if (detail.has("lastStatus")) {
            timeline.line(
                    Voice.EVENT,
                    "event",
                    detailType
                            + " "
                            + Json.text(detail, "lastStatus")
                            + " "
                            + Json.text(detail, "group")
                            + " "
                            + id(Json.text(detail, "taskArn")));
        } else {
            timeline.line(Voice.EVENT, "event", detailType + " " + Json.text(detail, "eventName"));
        }
    }

    private void log(String function, String line) {
        JsonNode told;
        try {
            told = Json.MAPPER.readTree(line);
        } catch (JsonProcessingException _) {
            return;
        }
        if (!told.has("outcome")) {
            return;
        }
        var folder = folder(function);
        functions.add(folder);
        outcomes.add(folder + " " + Json.text(told, "subject"));
        var outcome = Json.text(told, "outcome");
        var asked = Set.of("Asked", "Scheduled").contains(Json.text(told, "trigger"));
        if (asked || !QUIET.contains(outcome)) {
            timeline.line(Voice.OUTCOME, folder, outcome + " " + why(told));
        }
    }

    private static String why(JsonNode told) {
        var steps =
                Json.list(told, "steps").stream()
                        .map(step -> Json.text(step, "step") + ": " + Json.text(step, "why"))
                        .toList();
        if (!steps.isEmpty()) {
            return String.join("; ", steps);
        }
        return told.has("why") ? Json.text(told, "why") : told.path("result").toString();
    }

    /** A function's folder, which ends its name. */
    private static String folder(String function) {
        return function.replaceFirst("^.*ecs-efs-autopilot-", "");
    }

    private static String id(String arn) {
        return arn.substring(arn.lastIndexOf('/') + 1);
    }
}
