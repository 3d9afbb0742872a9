package dev.efsautopilot.local.gateway;

import com.fasterxml.jackson.databind.JsonNode;
import dev.efsautopilot.local.call.Form;
import dev.efsautopilot.local.call.Json;
import dev.efsautopilot.local.call.Request;
import dev.efsautopilot.local.call.Response;
import dev.efsautopilot.local.tasks.Stop;
import dev.efsautopilot.local.tasks.TaskControl;
import java.time.Duration;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.stream.Collectors;

/** The gateway's own routes, under {@code /_local/}: what only AWS does, and the record. */
final class Controls {
    static final String PREFIX = "/_local/";
    private static final int DEFAULT_WARNING_MILLIS = 1000;

    private final TaskControl tasks;
    private final CallLog calls;

    Controls(TaskControl tasks, CallLog calls) {
        this.tasks = tasks;
        this.calls = calls;
    }

    Response answer(Request request) {
        try {
            return switch (request.method() + " " + request.path()) {
                case "GET /_local/health" -> ok();
                case "GET /_local/calls" -> calls(request);
                case "POST /_local/tasks/stop" -> stop(Json.parse(request.text()));
                case "POST /_local/tasks/spot" -> spot(Json.parse(request.text()));
                case "POST /_local/tasks/exit" -> exit(Json.parse(request.text()));
                default -> error(404, "there is nothing at " + request.path());
            };
        } catch (NoSuchElementException e) {
            return error(404, String.valueOf(e.getMessage()));
        } catch (IllegalArgumentException e) {
            return error(400, String.valueOf(e.getMessage()));
        }
    }

    private Response calls(Request request) {
        var caller = Form.parse(request.query()).getOrDefault("caller", "");
        var shown = caller.isEmpty() ? calls.all() : calls.by(caller);
        var answer = Json.object();
        var list = answer.putArray("calls");
        shown.forEach(call -> list.add(call.toJson()));
        return Response.json(200, answer);
    }

    private Response stop(JsonNode body) {
        tasks.stop(
                required(body, "task"),
                new Stop(
                        required(body, "stopCode"),
                        required(body, "stoppedReason"),
                        exitCodes(body.path("exitCodes"))));
        return ok();
    }

    private Response spot(JsonNode body) {
        var warning = body.path("warningMillis").asInt(DEFAULT_WARNING_MILLIS);
        tasks.spot(required(body, "task"), Duration.ofMillis(warning));
        return ok();
    }

    private Response exit(JsonNode body) {
        tasks.exit(required(body, "task"), body.path("exitCode").asInt());
        return ok();
    }

    private static Map<String, Integer> exitCodes(JsonNode codes) {
        return codes.isEmpty()
                ? Stop.TERMINATED
                : codes.properties().stream()
                        .collect(Collectors.toMap(Map.Entry::getKey, it -> it.getValue().asInt()));
    }

    private static String required(JsonNode body, String name) {
        var value = body.path(name).asText();
        if (value.isEmpty()) {
            throw new IllegalArgumentException("the body needs " + name);
        }
        return value;
    }

    private static Response ok() {
        return Response.json(200, Json.object().put("ok", true));
    }

    private static Response error(int status, String message) {
        return Response.json(status, Json.object().put("message", message));
    }
}
