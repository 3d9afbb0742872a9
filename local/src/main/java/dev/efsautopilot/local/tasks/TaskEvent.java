package dev.efsautopilot.local.tasks;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.DecimalNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.time.Instant;
import java.util.Set;

/** The detail of a state change event of ECS. */
public final class TaskEvent {
    private static final Set<String> NOT_IN_EVENTS = Set.of("tags", "healthStatus");

    private TaskEvent() {}

    /** A document of ECS with its times as text and without what events do not carry. */
    public static ObjectNode detail(ObjectNode task, Instant now) {
        var detail = task.deepCopy();
        detail.remove(NOT_IN_EVENTS);
        detail.put("updatedAt", now.toString());
        detail.properties().forEach(entry -> entry.setValue(iso(entry.getKey(), entry.getValue())));
        return detail;
    }

    private static JsonNode iso(String name, JsonNode value) {
        return name.endsWith("At") && value instanceof DecimalNode seconds
                ? TextNode.valueOf(instant(seconds).toString())
                : value;
    }

    private static Instant instant(DecimalNode seconds) {
        return Instant.ofEpochMilli(seconds.decimalValue().movePointRight(3).longValue());
    }
}
