package dev.efsautopilot.sweep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.efsautopilot.plan.Outcome;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** How a sweep goes through its stages, whatever they are. */
@ExtendWith(SdkSettings.class)
class SweepTest {

    private static final Instant NOON = Instant.parse("2026-03-14T12:00:00Z");

    private final FakeAws aws = new FakeAws();
    private Instant now = NOON;

    /** Each look takes its time on the clock. */
    private class Steps implements Stage {

        final String name;
        final List<String> keys;
        final Duration took;
        final List<String> looked = new ArrayList<>();
        int ends;

        Steps(String name, int keys, Duration took) {
            this.name = name;
            this.keys = IntStream.range(0, keys).mapToObj("key-%03d"::formatted).toList();
            this.took = took;
        }

        @Override
        public String name() {
            return name;
        }

        @Override
        public List<String> keys(Round round, boolean resumed) {
            return keys;
        }

        @Override
        public int batch() {
            return 2;
        }

        @Override
        public void look(List<String> batch, Round round) {
            now = now.plus(took);
            looked.addAll(batch);
            round.findings().count(name);
        }

        @Override
        public void end(Round round) {
            ends++;
        }
    }

    private Outcome sweep(Stage... stages) {
        return new Sweep(
                        () -> List.of(stages),
                        aws.clients().ledger("ledger"),
                        aws.clients().bus("default"),
                        () -> now)
                .all(false);
    }

    private static List<String> unfinished(Outcome outcome) {
        return outcome instanceof Outcome.Done(_, _, var result)
                        && result.get("unfinished") instanceof List<?> names
                ? names.stream().map(String::valueOf).toList()
                : List.of("not done");
    }

    @Test
    void a_sweep_with_time_enough_looks_at_everything_once() {
        var stage = new Steps("families", 5, Duration.ofSeconds(1));

        assertThat(unfinished(sweep(stage))).isEmpty();

        assertThat(stage.looked).isEqualTo(stage.keys);
        assertThat(stage.ends).isEqualTo(1);
    }

    @Test
    void it_stops_before_its_time_runs_out_and_the_next_goes_on_where_it_stopped() {
        var stage = new Steps("families", 20, Duration.ofSeconds(50));

        assertThat(unfinished(sweep(stage))).containsExactly("families");
        assertThat(Duration.between(NOON, now)).isLessThan(Sweep.BUDGET);
        var first = List.copyOf(stage.looked);
        assertThat(first).isNotEmpty().hasSizeLessThan(20);

        var sweeps = 1;
        while (!unfinished(sweep(stage)).isEmpty()) {
            assertThat(++sweeps).isLessThan(20);
        }
        assertThat(stage.looked).isEqualTo(stage.keys);
        assertThat(stage.ends).isEqualTo(1);

        sweep(stage);
        assertThat(stage.looked.subList(20, 22)).isEqualTo(stage.keys.subList(0, 2));
    }

    @Test
    void a_stage_that_never_comes_to_its_end_leaves_time_for_the_others() {
        var endless = new Steps("tasks", 400, Duration.ofSeconds(20));
        var other = new Steps("families", 4, Duration.ofSeconds(5));

        assertThat(unfinished(sweep(endless, other))).containsExactly("tasks");

        assertThat(other.looked).isEqualTo(other.keys);
    }

    @Test
    void how_far_it_came_is_kept_where_another_sweep_ended_meanwhile() {
        var list = new Steps("tasks", 0, Duration.ZERO);
        var slow =
                new Steps("families", 20, Duration.ofSeconds(50)) {
                    @Override
                    public void look(List<String> batch, Round round) {
                        super.look(batch, round);
                        sweep(list);
                    }
                };
        sweep(list);

        assertThat(unfinished(sweep(slow))).containsExactly("families");

        assertThat(String.valueOf(aws.ledger.get("sweep"))).contains(slow.looked.getLast());
    }

    @Test
    void what_goes_while_a_stage_was_stopped_is_passed_over() {
        var before = new Steps("families", 20, Duration.ofSeconds(50));
        sweep(before);
        var last = before.looked.getLast();
        var after = new Steps("families", 30, Duration.ZERO);

        sweep(after);

        assertThat(after.looked)
                .isEqualTo(after.keys.stream().filter(key -> key.compareTo(last) > 0).toList());
    }

    @Test
    void what_fails_is_told_in_the_end_and_where_it_stopped_is_kept() {
        var broken =
                new Steps("tasks", 4, Duration.ZERO) {
                    @Override
                    public List<String> keys(Round round, boolean resumed) {
                        throw new IllegalStateException("no list");
                    }
                };
        var slow = new Steps("families", 20, Duration.ofSeconds(50));

        assertThatThrownBy(() -> sweep(broken, slow)).hasMessage("no list");

        assertThat(slow.looked).isNotEmpty();
        assertThat(String.valueOf(aws.ledger.get("sweep")))
                .contains("families", slow.looked.getLast());
        assertThat(aws.of("PutEvents")).singleElement().asString().contains("Sweep Finished");
    }

    @Test
    void a_dry_run_keeps_and_tells_nothing() {
        var stage = new Steps("families", 20, Duration.ofSeconds(50));
        var outcome =
                new Sweep(
                                () -> List.of(stage),
                                aws.clients().ledger("ledger"),
                                aws.clients().bus("default"),
                                () -> now)
                        .all(true);

        assertThat(outcome).isInstanceOf(Outcome.Planned.class);
        assertThat(aws.calls).containsExactly("GetItem");
        assertThat(Map.copyOf(aws.ledger)).isEmpty();
    }
}
