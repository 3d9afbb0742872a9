package dev.efsautopilot.plan;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RefusalTest {

    @Test
    void what_somebody_sent_is_quoted_up_to_a_bound_that_an_event_can_hold() {
        var refusal = Refusal.invalid("volume", "'" + "x".repeat(300_000) + "'", "name it");

        assertThat(refusal.problem()).startsWith("'xxx").endsWith("…").hasSize(1001);
        assertThat(refusal.sentence()).hasSizeLessThan(1100);
    }
}
