package dev.efsautopilot.rerun;

import com.fasterxml.jackson.databind.JsonNode;
import dev.efsautopilot.task.Task;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;

/** When a task was what: events carry ISO texts, the API seconds since the epoch. */
final class Times {

    private Times() {}

    /** The time in this field of a task. */
    static Optional<Instant> of(Task task, String field) {
        return parse(task.json().path(field));
    }

    /** The time in this value; empty where there is none. */
    static Optional<Instant> parse(JsonNode value) {
        if (value.isNumber()) {
            return Optional.of(Instant.ofEpochMilli((long) (value.doubleValue() * 1000)));
        }
        try {
            return value.isTextual()
                    ? Optional.of(Instant.parse(value.textValue()))
                    : Optional.empty();
        } catch (DateTimeException _) {
            return Optional.empty();
        }
    }
}
