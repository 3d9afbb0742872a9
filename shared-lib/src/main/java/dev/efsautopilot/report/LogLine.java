package dev.efsautopilot.report;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.efsautopilot.event.Trigger;
import dev.efsautopilot.json.Json;
import dev.efsautopilot.plan.Outcome;
import dev.efsautopilot.plan.Step;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * The one log line of an invocation, which is also its metrics (CloudWatch's embedded metric
 * format). Fixed fields: timestamp, level, function, requestId, trigger, subject, outcome, why,
 * steps, result, durationMs.
 *
 * @param function the function's name
 * @param requestId Lambda's id of the invocation
 * @param trigger what woke it
 */
public record LogLine(String function, String requestId, Trigger trigger) {

    /** The CloudWatch namespace of the metrics. */
    public static final String NAMESPACE = "EcsEfsAutopilot";

    /** The line for an outcome. */
    public JsonNode told(Outcome outcome, Instant now, Duration took) {
        var line = line(outcome instanceof Outcome.Refused ? "WARN" : "INFO", now);
        line.put("subject", outcome.subject());
        switch (outcome) {
            case Outcome.Done(_, var plan, var result) -> {
                line.put("outcome", plan.isEmpty() ? "unchanged" : "done");
                line.set("steps", steps(plan));
                line.set("result", Json.MAPPER.valueToTree(result));
            }
            case Outcome.Planned(_, var plan, _) -> {
                line.put("outcome", "planned");
                line.set("steps", steps(plan));
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
        return metered(line, now, took);
    }

    /** The line for a failure that is thrown on. */
    public JsonNode failed(RuntimeException failure, Instant now, Duration took) {
        var line = line("ERROR", now);
        line.put("outcome", "failed");
        line.put("error", failure.getClass().getSimpleName());
        line.put("why", String.valueOf(failure.getMessage()));
        return metered(line, now, took);
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
                .put("function", function)
                .put("requestId", requestId)
                .put("trigger", trigger.getClass().getSimpleName());
    }

    private static ObjectNode metered(ObjectNode line, Instant now, Duration took) {
        line.put("durationMs", took.toMillis());
        line.put("events", 1);
        var aws = line.putObject("_aws").put("Timestamp", now.toEpochMilli());
        var metrics = aws.putArray("CloudWatchMetrics").addObject().put("Namespace", NAMESPACE);
        metrics.putArray("Dimensions").addArray().add("function").add("outcome");
        var list = metrics.putArray("Metrics");
        list.addObject().put("Name", "events").put("Unit", "Count");
        list.addObject().put("Name", "durationMs").put("Unit", "Milliseconds");
        return line;
    }
}
