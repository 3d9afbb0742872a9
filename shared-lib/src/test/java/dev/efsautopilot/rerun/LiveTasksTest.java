package dev.efsautopilot.rerun;

import static org.assertj.core.api.Assertions.assertThat;

import dev.efsautopilot.json.Json;
import dev.efsautopilot.task.Task;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class LiveTasksTest {

    private final AtomicInteger described = new AtomicInteger();
    private Instant now = Instant.parse("2026-03-14T10:00:00Z");
    private final LiveTasks live = new LiveTasks((_, _) -> endless(), () -> now);

    @Test
    void five_thousand_questions_in_a_minute_are_a_dozen_looks_of_a_thousand_tasks() {
        for (int i = 0; i < 5000; i++) {
            now = now.plusMillis(12);
            live.of("c", "f");
        }

        assertThat(described.get()).isLessThanOrEqualTo(13 * 1000);
    }

    @Test
    void families_and_clusters_are_kept_apart() {
        live.of("c", "f");
        live.of("c", "g");
        live.of("d", "f");

        assertThat(described.get()).isEqualTo(3000);
    }

    private Stream<Task> endless() {
        return Stream.generate(() -> {
            var arn = "arn:aws:ecs:eu-west-1:111122223333:task/c/" + described.incrementAndGet();
            return Task.parse(Json.MAPPER.createObjectNode().put("taskArn", arn)).orElseThrow();
        });
    }
}
