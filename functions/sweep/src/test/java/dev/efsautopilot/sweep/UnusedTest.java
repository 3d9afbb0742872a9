package dev.efsautopilot.sweep;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

class UnusedTest {

    private static final Instant NOON = Instant.parse("2026-03-14T12:00:00Z");
    private static final Duration MONTH = Duration.ofDays(30);

    private static Unused seenDaily(Unused unused, int days) {
        var seen = unused;
        for (var day = 0; day <= days; day++) {
            seen = seen.seen("fsap-1", NOON.plus(Duration.ofDays(day)));
        }
        return seen;
    }

    private static final Unused NONE = new Unused(Map.of());

    @Test
    void a_thing_is_due_when_it_was_seen_unused_all_the_time() {
        assertThat(seenDaily(NONE, 30).isDue("fsap-1", MONTH, NOON.plus(MONTH))).isTrue();
        assertThat(seenDaily(NONE, 29).isDue("fsap-1", MONTH, NOON.plus(Duration.ofDays(29))))
                .isFalse();
        assertThat(NONE.isDue("fsap-1", MONTH, NOON)).isFalse();
    }

    @Test
    void one_sight_of_its_use_begins_the_time_anew() {
        var used = seenDaily(NONE, 29).without("fsap-1");
        var again = used.seen("fsap-1", NOON.plus(MONTH));

        assertThat(again.isDue("fsap-1", MONTH, NOON.plus(MONTH))).isFalse();
    }

    @Test
    void what_nobody_looked_at_for_days_begins_anew() {
        var late = seenDaily(NONE, 1).seen("fsap-1", NOON.plus(Duration.ofDays(40)));

        assertThat(late.isDue("fsap-1", MONTH, NOON.plus(Duration.ofDays(40)))).isFalse();
    }

    @Test
    void the_ledger_keeps_it_and_forgets_what_is_long_out_of_sight() {
        var unused = seenDaily(NONE, 3);

        assertThat(Unused.parse(unused.toJson(NOON.plus(Duration.ofDays(4))))).isEqualTo(unused);
        assertThat(Unused.parse(unused.toJson(NOON.plus(Duration.ofDays(9))))).isEqualTo(NONE);
    }
}
