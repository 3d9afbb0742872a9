package dev.efsautopilot.local.gap;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.efsautopilot.local.call.AwsCall;
import dev.efsautopilot.local.call.Json;
import dev.efsautopilot.local.call.Response;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * {@code clientToken} of RunTask: "An identifier that you provide to ensure the idempotency of the
 * request. It must be unique and is case sensitive." and ConflictException: "The RunTask request
 * could not be processed due to conflicts. The provided clientToken is already in use with a
 * different RunTask request. The resourceIds are the existing task ARNs which are already
 * associated with the clientToken." (Amazon ECS API Reference). A token holds within its cluster.
 */
public final class RunTaskClientToken implements Gap {
    private final Map<String, Slot> slots = new ConcurrentHashMap<>();

    @Override
    public Response answer(AwsCall call, Next next) {
        var token = call.parameter("clientToken");
        if (!call.is("ecs", "RunTask") || token.isEmpty()) {
            return next.pass(call);
        }
        var cluster = call.parameter("cluster").replaceAll(".*/", "");
        return slots.computeIfAbsent(cluster + " " + token, key -> new Slot()).answer(call, next);
    }

    /** What one token stands for. Its lock makes two requests at the same time one. */
    private static final class Slot {
        private record Done(JsonNode request, Response response) {}

        private Optional<Done> done = Optional.empty();

        synchronized Response answer(AwsCall call, Next next) {
            if (done.isPresent()) {
                var first = done.get();
                return first.request().equals(call.parameters())
                        ? first.response()
                        : conflict(first.response());
            }
            var response = next.pass(call);
            if (response.ok() && !response.document().path("tasks").isEmpty()) {
                done = Optional.of(new Done(call.parameters(), response));
            }
            return response;
        }

        private static Response conflict(Response first) {
            ObjectNode members = Json.object();
            var ids = members.putArray("resourceIds");
            first.document()
                    .path("tasks")
                    .valueStream()
                    .map(task -> task.path("taskArn").asText())
                    .forEach(ids::add);
            return Response.jsonError(
                    "ConflictException",
                    "The provided clientToken is already in use with a different RunTask request.",
                    members);
        }
    }
}
