package dev.efsautopilot.launch;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.efsautopilot.json.Json;
import java.util.ArrayList;
import java.util.List;

/**
 * What CloudTrail leaves out of a RunTask call: the values of environment variables in overrides
 * are written as {@code HIDDEN_DUE_TO_SECURITY_REASONS}.
 */
final class Hidden {

    private static final String MARK = "HIDDEN_DUE_TO_SECURITY_REASONS";
    private static final String OVERRIDES = "overrides";

    private Hidden() {}

    /** The parts of this request that hold something hidden, by the name of their field. */
    static List<String> in(ObjectNode request) {
        return request.properties().stream()
                .filter(field -> hides(field.getValue()))
                .map(field -> field.getKey() + ": values that CloudTrail hides")
                .toList();
    }

    /** The call with the observed task's overrides where its own are hidden. */
    static LaunchRecord revealed(LaunchRecord call, LaunchRecord observed) {
        var overrides = observed.request().path(OVERRIDES);
        if (!hides(call.request().path(OVERRIDES)) || !overrides.isObject()) {
            return call;
        }
        var request = call.request().deepCopy();
        request.set(OVERRIDES, overrides.deepCopy());
        return new LaunchRecord(call.source(), request, in(request));
    }

    /** The overrides that a task tells of, without the empty ones that AWS adds. */
    static ObjectNode overrides(JsonNode task) {
        var overrides = ((ObjectNode) Json.object(task, OVERRIDES)).deepCopy();
        var containers = new ArrayList<JsonNode>();
        for (var container : Json.list(overrides, "containerOverrides")) {
            if (container.size() > 1) {
                containers.add(container);
            }
        }
        overrides.remove("containerOverrides");
        var empty =
                overrides.properties().stream()
                        .filter(field -> field.getValue().isContainerNode())
                        .filter(field -> field.getValue().isEmpty())
                        .map(field -> field.getKey())
                        .toList();
        overrides.remove(empty);
        if (!containers.isEmpty()) {
            overrides.putArray("containerOverrides").addAll(containers);
        }
        return overrides;
    }

    private static boolean hides(JsonNode node) {
        return node.isTextual()
                ? node.textValue().equals(MARK)
                : node.valueStream().anyMatch(Hidden::hides);
    }
}
