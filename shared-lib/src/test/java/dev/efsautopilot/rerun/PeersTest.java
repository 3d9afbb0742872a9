package dev.efsautopilot.rerun;

import static org.assertj.core.api.Assertions.assertThat;

import dev.efsautopilot.json.Json;
import dev.efsautopilot.task.Task;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PeersTest {

    private static final Peers.Query QUERY = new Peers.Query("c", "f", "RUNNING");

    private final List<String> tasks = new ArrayList<>();
    private int pages;
    private int described;
    private Instant now = Instant.parse("2026-03-14T10:00:00Z");
    private final Peers peers =
            new Peers(
                    _ -> {
                        pages += tasks.size() / 100 + 1;
                        return tasks.stream();
                    },
                    (_, arns) -> {
                        described += arns.size();
                        return arns.stream().map(PeersTest::task).toList();
                    },
                    () -> now);

    private static Task task(String arn) {
        return Task.parse(Json.MAPPER.createObjectNode().put("taskArn", arn)).orElseThrow();
    }

    private void start(int howMany) {
        for (int i = 0; i < howMany; i++) {
            tasks.add("t" + tasks.size());
        }
    }

    @Test
    void five_thousand_looks_in_a_minute_at_five_thousand_tasks_describe_each_once() {
        start(5000);
        for (int i = 0; i < 5000; i++) {
            now = now.plusMillis(12);
            assertThat(peers.of(QUERY)).hasSameSizeAs(tasks);
        }

        assertThat(described).isEqualTo(5000);
        assertThat(pages).as("ten a second, and the first look").isLessThanOrEqualTo(10 * 60 + 51);
    }

    @Test
    void a_small_family_is_seen_as_it_is() {
        start(1);
        assertThat(peers.of(QUERY)).hasSize(1);

        start(1);
        now = now.plusMillis(100);

        assertThat(peers.of(QUERY)).extracting(Peer::arn).containsExactly("t0", "t1");
        tasks.removeFirst();
        now = now.plusMillis(100);
        assertThat(peers.of(QUERY)).extracting(Peer::arn).containsExactly("t1");
    }

    @Test
    void families_and_states_are_kept_apart() {
        start(1);
        peers.of(QUERY);
        peers.of(new Peers.Query("c", "g", "RUNNING"));
        peers.of(new Peers.Query("c", "f", "STOPPED"));

        assertThat(described).isEqualTo(3);
    }
}
