package dev.efsautopilot.event;

import com.amazonaws.services.lambda.runtime.events.APIGatewayProxyRequestEvent;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.efsautopilot.json.Json;
import dev.efsautopilot.task.Task;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** From the JSON that Lambda hands over to the {@link Trigger} that it is. Never throws. */
public final class Triggers {

    private Triggers() {}

    /** What this payload is. */
    public static Trigger parse(JsonNode event) {
        if (!event.isObject()) {
            return new Trigger.Unrecognised("the payload is no JSON object");
        }
        if (isHttp(event)) {
            return http(event);
        }
        return event.has("detail-type") ? bus(event) : asked(event.deepCopy());
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
                && event.path("headers").properties().stream()
                        .filter(header -> header.getKey().equalsIgnoreCase("Accept"))
                        .flatMap(header -> Stream.of(header.getValue().asText().split(",", -1)))
                        .map(type -> type.split(";", 2)[0].strip())
                        .filter(type ->
                                type.equalsIgnoreCase(mediaType)
                                        || type.equalsIgnoreCase("application/json"))
                        .findFirst()
                        .filter(type -> type.equalsIgnoreCase(mediaType))
                        .isPresent();
    }

    private static Trigger bus(JsonNode event) {
        var detail = Json.object(event, "detail");
        return switch (Json.text(event, "detail-type")) {
            case "ECS Task State Change" -> taskChanged(detail);
            case "ECS Container Instance State Change" ->
                    new Trigger.InstanceChanged(
                            Json.text(detail, "clusterArn"),
                            Json.text(detail, "containerInstanceArn"),
                            Json.text(detail, "status"));
            case "AWS API Call via CloudTrail" -> new Trigger.ApiCalled(apiCall(detail));
            case "Scheduled Event" -> new Trigger.Scheduled();
            case String type when type.isBlank() ->
                    new Trigger.Unrecognised("detail-type is no text");
            case String type -> new Trigger.Requested(type, Json.text(event, "id"), detail);
        };
    }

    private static Trigger taskChanged(JsonNode detail) {
        return Task.parse(detail)
                .<Trigger>map(Trigger.TaskChanged::new)
                .orElseGet(() -> new Trigger.Unrecognised("the task event names no task"));
    }

    private static ApiCall apiCall(JsonNode detail) {
        var session = detail.path("userIdentity").path("sessionContext").path("sessionIssuer");
        return new ApiCall(
                Json.text(detail, "eventSource"),
                Json.text(detail, "eventName"),
                time(Json.text(detail, "eventTime")),
                Json.optionalText(detail, "errorCode"),
                Json.optionalText(session, "arn"),
                Json.object(detail, "requestParameters"),
                Json.object(detail, "responseElements"));
    }

    private static Instant time(String text) {
        try {
            return Instant.parse(text);
        } catch (DateTimeException _) {
            return Instant.EPOCH;
        }
    }

    private static Trigger http(JsonNode event) {
        try {
            var call = Json.MAPPER.treeToValue(event, APIGatewayProxyRequestEvent.class);
            var body = call.getBody();
            var parsed =
                    body == null || body.isBlank()
                            ? Json.MAPPER.createObjectNode()
                            : Json.MAPPER.readTree(body);
            if (!(parsed instanceof ObjectNode request)) {
                return new Trigger.Unrecognised("the body is no JSON object");
            }
            put(request, call.getQueryStringParameters());
            put(request, call.getPathParameters());
            return asked(request);
        } catch (JsonProcessingException e) {
            return new Trigger.Unrecognised("the body is no JSON: " + e.getOriginalMessage());
        }
    }

    private static void put(ObjectNode request, @Nullable Map<String, String> parameters) {
        if (parameters != null) {
            parameters.forEach(request::put);
        }
    }

    private static Trigger asked(ObjectNode request) {
        var dryRun = request.remove("dryRun");
        return new Trigger.Asked(request, dryRun != null && dryRun.asBoolean());
    }
}
