package dev.efsautopilot.sweep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.efsautopilot.plan.Outcome;
import dev.efsautopilot.plan.Refusal;
import dev.efsautopilot.plan.Step;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FindingsTest {

    private record Opened(String why) implements Step {}

    private final Findings findings = new Findings();

    @Test
    void what_was_looked_at_done_and_refused_is_counted() {
        var steps = List.<Step>of(new Opened("closed"));
        findings.look("running", () -> new Outcome.Done("t1", steps, Map.of()));
        findings.look("running", () -> new Outcome.Ignored("t2", "fine"));
        findings.look(
                "running",
                () -> new Outcome.Refused("t3", Refusal.forbidden("fs", "no tag", "add it")));

        assertThat(findings.counts())
                .containsExactlyInAnyOrderEntriesOf(
                        Map.of("running", 3, "runningRefused", 1, "Opened", 1));
        assertThat(findings.steps()).isEqualTo(steps);
    }

    @Test
    void one_that_fails_keeps_none_of_the_others_and_is_told_in_the_end() {
        var first = new IllegalStateException("throttled");
        var second = new IllegalStateException("throttled again");
        findings.look("stopped", () -> fail(first));
        findings.look("stopped", () -> new Outcome.Ignored("t", "fine"));
        findings.look("stopped", () -> fail(second));

        assertThat(findings.counts()).containsEntry("stopped", 3).containsEntry("failed", 2);
        assertThatThrownBy(findings::complain).isSameAs(first).hasSuppressedException(second);
    }

    private static Outcome fail(RuntimeException failure) {
        throw failure;
    }
}
