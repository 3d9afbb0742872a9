package dev.efsautopilot.report;

import com.amazonaws.services.lambda.runtime.events.APIGatewayProxyResponseEvent;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.efsautopilot.json.Json;
import dev.efsautopilot.plan.NotYet;
import dev.efsautopilot.plan.Outcome;
import dev.efsautopilot.plan.Refusal;
import java.util.Map;

/**
 * What the caller of a function gets: an outcome as JSON for a direct invoke, the same wrapped for
 * API Gateway, with errors as problem details (RFC 9457).
 */
public final class Answer {

    /** The phrases of RFC 9110, as RFC 9457 wants them for {@code about:blank}. */
    private static final Map<Integer, String> TITLES =
            Map.of(
                    400, "Bad Request",
                    403, "Forbidden",
                    404, "Not Found",
                    409, "Conflict",
                    413, "Content Too Large",
                    422, "Unprocessable Content",
                    502, "Bad Gateway",
                    503, "Service Unavailable");

    private Answer() {}

    /** The answer for an outcome. */
    public static Object of(Outcome outcome, boolean http) {
        var body = body(outcome);
        if (!http) {
            return body;
        }
        return switch (outcome) {
            case Outcome.Done _, Outcome.Planned _ ->
                    response(200, "application/json", body.toString());
            case Outcome.Refused(_, var refusal) ->
                    problem(refusal.kind().status(), refusal.sentence(), body);
            case Outcome.Ignored(_, var why) -> problem(409, why, body);
        };
    }

    /**
     * The HTTP answer with a document instead of JSON.
     *
     * @param type its media type
     */
    public static APIGatewayProxyResponseEvent document(String type, String text) {
        return response(200, type, text);
    }

    /** The HTTP answer for a failure: 503 for what can be asked again soon, else 502. */
    public static APIGatewayProxyResponseEvent of(RuntimeException failure) {
        var body = Json.MAPPER.createObjectNode();
        return failure instanceof NotYet
                ? problem(503, String.valueOf(failure.getMessage()), body)
                : problem(502, "AWS did not answer as expected; the log has the reason", body);
    }

    private static ObjectNode body(Outcome outcome) {
        var body = Json.MAPPER.createObjectNode().put("subject", outcome.subject());
        return switch (outcome) {
            case Outcome.Done(_, var plan, var result) -> {
                body.put("outcome", plan.isEmpty() ? "unchanged" : "done");
                body.set("steps", LogLine.steps(plan));
                yield body.setAll((ObjectNode) Json.MAPPER.valueToTree(result));
            }
            case Outcome.Planned(_, var plan, var result) -> {
                body.put("outcome", "planned");
                body.set("steps", LogLine.steps(plan));
                yield body.setAll((ObjectNode) Json.MAPPER.valueToTree(result));
            }
            case Outcome.Refused(_, var refusal) -> refused(body, refusal);
            case Outcome.Ignored(_, var why) -> body.put("outcome", "ignored").put("why", why);
        };
    }

    private static ObjectNode refused(ObjectNode body, Refusal refusal) {
        return body.put("outcome", "refused")
                .put("field", refusal.field())
                .put("problem", refusal.problem())
                .put("remedy", refusal.remedy());
    }

    private static APIGatewayProxyResponseEvent problem(
            int status, String detail, ObjectNode body) {
        var problem =
                Json.MAPPER
                        .createObjectNode()
                        .put("type", "about:blank")
                        .put("title", TITLES.getOrDefault(status, ""))
                        .put("status", status)
                        .put("detail", detail);
        return response(status, "application/problem+json", problem.setAll(body).toString());
    }

    private static APIGatewayProxyResponseEvent response(int status, String type, String body) {
        return new APIGatewayProxyResponseEvent()
                .withStatusCode(status)
                .withHeaders(Map.of("Content-Type", type))
                .withBody(body);
    }
}
