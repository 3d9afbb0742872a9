package dev.efsautopilot.local.gateway;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.efsautopilot.local.call.AwsCall;
import dev.efsautopilot.local.call.Caller;
import dev.efsautopilot.local.call.Json;
import dev.efsautopilot.local.call.Response;
import dev.efsautopilot.local.call.Secrets;
import dev.efsautopilot.local.fault.FaultKind;
import java.time.Instant;
import java.util.Optional;

/**
 * A call that was made.
 *
 * @param parameters without the values of container environments and without secrets
 * @param write whether it may have changed something
 * @param status the HTTP status of the answer; 0 where none was given
 * @param errorCode empty where it succeeded
 * @param resource what it was about in a few words, for a person; may be empty
 * @param fault the fault that it met, such as {@code lost-answer}; empty for none
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
        String resource,
        String fault) {

    static RecordedCall of(Instant at, AwsCall call, Response response, Optional<FaultKind> fault) {
        return new RecordedCall(
                at,
                call.caller(),
                call.service(),
                call.operation(),
                Secrets.hidden(call.parameters()),
                call.isWrite(),
                response.status(),
                response.errorCode(),
                ResourceSummary.of(call, response),
                fault.map(FaultKind::word).orElse(""));
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
                        .put("resource", resource)
                        .put("fault", fault);
        json.set("parameters", parameters);
        return json;
    }
}
