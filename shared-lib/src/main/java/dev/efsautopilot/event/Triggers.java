package dev.efsautopilot.event;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.efsautopilot.json.Json;
import dev.efsautopilot.plan.Refusal;
import dev.efsautopilot.plan.Result;
import dev.efsautopilot.task.Task;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Stream;

/** From the JSON that Lambda hands over to the {@link Trigger} that it is. Never throws. */
public final class Triggers {

    private Triggers() {}

    /** What this payload is; {@link Trigger.Unrecognised} where {@link #read} has a reason. */
    public static Trigger parse(JsonNode event) {
        return switch (read(event)) {
            case Result.Ok<Trigger>(var trigger) -> trigger;
            case Result.Refused<Trigger>(var refusal) ->
                    new Trigger.Unrecognised(refusal.sentence());
        };
    }

    /** What this payload is, or what is wrong with a request by hand. */
    public static Result<Trigger> read(JsonNode event) {
        if (!(event instanceof ObjectNode payload)) {
            return Result.ok(new Trigger.Unrecognised("the payload is no JSON object"));
        }
        if (isHttp(event)) {
            return HttpCall.request(event).then(Triggers::asked);
        }
        return event.has("detail-type") ? Result.ok(bus(event)) : asked(payload.deepCopy());
    }

    /** Whether an API Gateway proxy integration sent this payload, and waits for its answer. */
    public static boolean isHttp(JsonNode event) {
        return event.path("httpMethod").isTextual() && event.has("requestContext");
    }

    /**
     * Whether an HTTP caller prefers this media type to JSON: it names it, and JSON not before.
     *
     * @param mediaType without parameters, e.g. {@code image/svg+xml}
     */
    public static boolean prefers(JsonNode event, String mediaType) {
        return isHttp(event)
                && header(event, "Accept").stream()
                        .flatMap(accept -> Stream.of(accept.split(",", -1)))
                        .map(type -> type.split(";", 2)[0].strip())
                        .filter(type ->
                                type.equalsIgnoreCase(mediaType)
                                        || type.equalsIgnoreCase("application/json"))
                        .findFirst()
                        .filter(type -> type.equalsIgnoreCase(mediaType))
                        .isPresent();
    }

    /** A header of an HTTP call, by its name in any case; empty where it is not there, or blank. */
    public static Optional<String> header(JsonNode event, String name) {
        return isHttp(event)
                ? event.path("headers").properties().stream()
                        .filter(header -> header.getKey().equalsIgnoreCase(name))
                        .map(header -> header.getValue().asText().strip())
                        .filter(value -> !value.isEmpty())
                        .findFirst()
                : Optional.empty();
    }

    private static Trigger bus(JsonNode event) {
        var detail = Json.object(event, "detail");
        var replayed = !Json.text(event, "source").startsWith("aws.");
        return switch (Json.text(event, "detail-type")) {
            case "ECS Task State Change" -> taskChanged(detail, replayed);
            case "ECS Container Instance State Change" ->
                    new Trigger.InstanceChanged(
                            Json.text(detail, "clusterArn"),
                            Json.text(detail, "containerInstanceArn"),
                            Json.text(detail, "status"));
            case "AWS API Call via CloudTrail" -> new Trigger.ApiCalled(apiCall(detail, replayed));
            case "Scheduled Event" -> new Trigger.Scheduled();
            case String type when type.isBlank() ->
                    new Trigger.Unrecognised("detail-type is no text");
            case String type -> new Trigger.Requested(type, Json.text(event, "id"), detail);
        };
    }

    private static Trigger taskChanged(JsonNode detail, boolean replayed) {
        return Task.parse(detail)
                .<Trigger>map(task -> new Trigger.TaskChanged(task, replayed))
                .orElseGet(() -> new Trigger.Unrecognised("the task event names no task"));
    }

    private static ApiCall apiCall(JsonNode detail, boolean replayed) {
        var session = detail.path("userIdentity").path("sessionContext").path("sessionIssuer");
        return new ApiCall(
                Json.text(detail, "eventSource"),
                Json.text(detail, "eventName"),
                time(Json.text(detail, "eventTime")),
                Json.optionalText(detail, "errorCode"),
                Json.optionalText(session, "arn"),
                Json.object(detail, "requestParameters"),
                Json.object(detail, "responseElements"),
                replayed);
    }

    private static Instant time(String text) {
        try {
            return Instant.parse(text);
        } catch (DateTimeException _) {
            return Instant.EPOCH;
        }
    }

    /**
     * What is asked for by hand, over HTTP or by a direct invoke.
     *
     * @return the reason where what came is no such request
     */
    private static Result<Trigger> asked(ObjectNode request) {
        var dryRun = request.remove("dryRun");
        return switch (dryRun == null ? "false" : dryRun.asText()) {
            case "true" -> Result.ok(new Trigger.Asked(request, true));
            case "false" -> Result.ok(new Trigger.Asked(request, false));
            case String other ->
                    Result.refused(
                            Refusal.invalid(
                                    "dryRun",
                                    "'" + other + "' is neither true nor false",
                                    "write one of the two"));
        };
    }
}
