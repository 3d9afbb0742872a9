package dev.efsautopilot.network;

import static org.assertj.core.api.Assertions.assertThat;

import dev.efsautopilot.json.Json;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class RevocationTest {

    private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");
    private static final Revocation FIRST = new Revocation(NOON, false);

    private static Instant after(long minutes) {
        return NOON.plus(Duration.ofMinutes(minutes));
    }

    @Test
    void the_first_time_it_is_put_back() {
        assertThat(Revocation.next(Optional.empty(), NOON, NOON)).isEqualTo(FIRST);
    }

    @Test
    void the_same_revocation_told_again_changes_nothing() {
        assertThat(Revocation.next(Optional.of(FIRST), NOON, after(5))).isEqualTo(FIRST);
    }

    @Test
    void again_within_the_hour_it_is_left_alone() {
        var second = Revocation.next(Optional.of(FIRST), after(59), after(59));
        assertThat(second).isEqualTo(new Revocation(after(59), true));
        assertThat(Revocation.next(Optional.of(second), after(59), after(60))).isEqualTo(second);
        assertThat(Revocation.next(Optional.of(second), after(60), after(60)).leftAlone()).isTrue();
    }

    @Test
    void after_an_hour_it_is_put_back_again() {
        assertThat(Revocation.next(Optional.of(FIRST), after(61), after(61)))
                .isEqualTo(new Revocation(after(61), false));
    }

    @Test
    void it_survives_the_ledger() {
        var second = new Revocation(after(5), true);
        assertThat(Revocation.parse(Json.MAPPER.valueToTree(second.toMap()))).isEqualTo(second);
    }
}
