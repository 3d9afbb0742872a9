package dev.efsautopilot.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.efsautopilot.event.Trigger;
import dev.efsautopilot.plan.Outcome;
import dev.efsautopilot.plan.Refusal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LogLineTest {

    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

    private final LogLine line = new LogLine("volumes", "r-1", new Trigger.Scheduled());

    @Test
    void the_line_is_also_the_metrics_whose_dimensions_it_carries() {
        var told =
                line.told(
                        new Outcome.Done("orders:7", List.of(), Map.of()),
                        NOW,
                        Duration.ofMillis(12));

        var metrics = told.path("_aws").path("CloudWatchMetrics").path(0);
        assertThat(metrics.path("Namespace").textValue()).isEqualTo("EcsEfsAutopilot");
        assertThat(told.path("_aws").path("Timestamp").longValue()).isEqualTo(NOW.toEpochMilli());
        metrics.path("Dimensions")
                .path(0)
                .forEach(name -> assertThat(told.has(name.textValue())).isTrue());
        metrics.path("Metrics")
                .forEach(metric ->
                        assertThat(told.path(metric.path("Name").textValue()).isNumber()).isTrue());
    }

    @Test
    void nothing_to_do_is_told_as_unchanged() {
        var told = line.told(new Outcome.Done("orders:7", List.of(), Map.of()), NOW, Duration.ZERO);

        assertThat(told.path("outcome").textValue()).isEqualTo("unchanged");
    }

    @Test
    void a_refusal_is_a_warning_in_one_sentence() {
        var told =
                line.told(
                        new Outcome.Refused(
                                "orders:7", Refusal.invalid("uid", "is no number", "write digits")),
                        NOW,
                        Duration.ZERO);

        assertThat(told.path("level").textValue()).isEqualTo("WARN");
        assertThat(told.path("why").textValue()).isEqualTo("uid: is no number; write digits");
    }

    @Test
    void a_failure_is_an_error_with_its_type() {
        var told = line.failed(new IllegalStateException("boom"), NOW, Duration.ZERO);

        assertThat(told.path("level").textValue()).isEqualTo("ERROR");
        assertThat(told.path("error").textValue()).isEqualTo("IllegalStateException");
    }
}
