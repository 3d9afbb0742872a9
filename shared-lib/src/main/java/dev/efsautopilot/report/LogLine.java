package dev.efsautopilot.report;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.efsautopilot.event.Trigger;
import dev.efsautopilot.json.Json;
import dev.efsautopilot.plan.Outcome;
import dev.efsautopilot.plan.Step;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.TreeMap;

/**
 * The one log line of an invocation, which is also its metrics (CloudWatch's embedded metric
 * format). Fixed fields: timestamp, level, stack, function, requestId, trigger, subject, outcome,
 * why, steps, result. Metrics: {@code Events} and {@code Milliseconds} by stack, function and
 * outcome; by stack alone a count for each kind of step that was carried out, e.g. {@code
 * RegisterRevision}, and by stack and cause as well where the result names a cause.
 *
 * <p>Of steps and results only texts, numbers and truth values are told: what is nested may be a
 * task definition or an override, whose environment is nobody's to read in a log.
 *
 * @param stack the stack's name
 * @param function the function's name
 * @param requestId Lambda's id of the invocation
 * @param trigger what woke it
 */
public record LogLine(String stack, String function, String requestId, Trigger trigger) {

    /** The CloudWatch namespace of the metrics. */
    public static final String NAMESPACE = "EcsEfsAutopilot";

    private static final String CAUSE = "cause";

    /** The line for an outcome. */
    public JsonNode told(Outcome outcome, Instant now, Duration took) {
        var line = line(outcome instanceof Outcome.Refused ? "WARN" : "INFO", now);
        line.put("subject", outcome.subject());
        List<? extends Step> done =
                outcome instanceof Outcome.Done(_, var plan, _) ? plan : List.of();
        switch (outcome) {
            case Outcome.Done(_, var plan, var result) -> {
                line.put("outcome", plan.isEmpty() ? "unchanged" : "done");
                line.set("steps", told(steps(plan)));
                line.set("result", told(Json.MAPPER.valueToTree(result)));
                if (result.get(CAUSE) instanceof String cause) {
                    line.put(CAUSE, cause);
                }
            }
            case Outcome.Planned(_, var plan, _) -> {
                line.put("outcome", "planned");
                line.set("steps", told(steps(plan)));
            }
            case Outcome.Refused(_, var refusal) -> {
                line.put("outcome", "refused");
                line.put("why", refusal.sentence());
            }
            case Outcome.Ignored(_, var why) -> {
                line.put("outcome", "ignored");
                line.put("why", why);
            }
        }
        return metered(line, done, now, took);
    }

    /** The line for a failure that is thrown on. */
    public JsonNode failed(RuntimeException failure, Instant now, Duration took) {
        var line = line("ERROR", now);
        line.put("outcome", "failed");
        line.put("error", failure.getClass().getSimpleName());
        line.put("why", String.valueOf(failure.getMessage()));
        return metered(line, List.of(), now, took);
    }

    /** The steps of a plan, each with its name. */
    public static JsonNode steps(List<? extends Step> plan) {
        var array = Json.MAPPER.createArrayNode();
        for (var step : plan) {
            var node = array.addObject().put("step", step.getClass().getSimpleName());
            node.setAll((ObjectNode) Json.MAPPER.valueToTree(step));
        }
        return array;
    }

    private ObjectNode line(String level, Instant now) {
        return Json.MAPPER
                .createObjectNode()
                .put("timestamp", now.toString())
                .put("level", level)
                .put("stack", stack)
                .put("function", function)
                .put("requestId", requestId)
                .put("trigger", trigger.getClass().getSimpleName());
    }

    private static ObjectNode metered(
            ObjectNode line, List<? extends Step> done, Instant now, Duration took) {
        var metrics =
                line.putObject("_aws")
                        .put("Timestamp", now.toEpochMilli())
                        .putArray("CloudWatchMetrics");
        var each = directive(metrics, List.of(List.of("stack", "function", "outcome")));
        metric(line, each, "Events", "Count", 1);
        metric(line, each, "Milliseconds", "Milliseconds", took.toMillis());
        if (!done.isEmpty()) {
            var ofStack = List.of("stack");
            var steps =
                    directive(
                            metrics,
                            line.has(CAUSE)
                                    ? List.of(ofStack, List.of("stack", CAUSE))
                                    : List.of(ofStack));
            done.stream()
                    .collect(
                            groupingBy(
                                    step -> step.getClass().getSimpleName(),
                                    TreeMap::new,
                                    counting()))
                    .forEach((name, count) -> metric(line, steps, name, "Count", count));
        }
        return line;
    }

    private static ArrayNode directive(ArrayNode metrics, List<List<String>> dimensionSets) {
        var directive = metrics.addObject().put("Namespace", NAMESPACE);
        directive.set("Dimensions", Json.MAPPER.valueToTree(dimensionSets));
        return directive.putArray("Metrics");
    }

    private static void metric(
            ObjectNode line, ArrayNode directive, String name, String unit, long value) {
        directive.addObject().put("Name", name).put("Unit", unit);
        line.put(name, value);
    }

    private static JsonNode told(JsonNode node) {
        return switch (node) {
            case ArrayNode array -> {
                var kept = Json.MAPPER.createArrayNode();
                array.forEach(element -> kept.add(told(element)));
                yield kept;
            }
            case ObjectNode object -> {
                var kept = Json.MAPPER.createObjectNode();
                object.properties().stream()
                        .filter(field -> field.getValue().isValueNode())
                        .forEach(field -> kept.set(field.getKey(), field.getValue()));
                yield kept;
            }
            default -> node;
        };
    }
}
