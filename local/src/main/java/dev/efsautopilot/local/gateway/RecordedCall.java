package dev.efsautopilot.local.gateway;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.efsautopilot.local.call.AwsCall;
import dev.efsautopilot.local.call.Caller;
import dev.efsautopilot.local.call.Json;
import dev.efsautopilot.local.call.Response;
import dev.efsautopilot.local.call.Secrets;
import java.time.Instant;

/**
 * A call that was made.
 *
 * @param parameters without the values of container environments and without secrets
 * @param write whether it may have changed something
 * @param status the HTTP status of the answer
 * @param errorCode empty where it succeeded
 * @param resource what it was about in a few words, for a person; may be empty
 */
public record RecordedCall(
        Instant at,
        Caller caller,
        String service,
        String operation,
        JsonNode parameters,
        boolean write,
        int status,
        String errorCode,
        String resource) {

    static RecordedCall of(Instant at, AwsCall call, Response response) {
        return new RecordedCall(
                at,
                call.caller(),
                call.service(),
                call.operation(),
                Secrets.hidden(call.parameters()),
                call.isWrite(),
                response.status(),
                response.errorCode(),
                ResourceSummary.of(call, response));
    }

    /** As {@code GET /_local/calls} shows it. */
    ObjectNode toJson() {
        var json =
                Json.object()
                        .put("at", at.toString())
                        .put("caller", caller.name())
                        .put("service", service)
                        .put("operation", operation)
                        .put("write", write)
                        .put("status", status)
                        .put("errorCode", errorCode)
                        .put("resource", resource);
        json.set("parameters", parameters);
        return json;
    }
}
