package dev.efsautopilot.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.efsautopilot.event.Trigger;
import dev.efsautopilot.plan.Outcome;
import dev.efsautopilot.plan.Refusal;
import dev.efsautopilot.plan.Step;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LogLineTest {

    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

    private final LogLine line = new LogLine("stack-1", "volumes", "r-1", new Trigger.Scheduled());

    @Test
    void the_line_is_also_the_metrics_whose_dimensions_it_carries() {
        var told =
                line.told(
                        new Outcome.Done("orders:7", List.of(), Map.of()),
                        NOW,
                        Duration.ofMillis(12));

        assertThat(told.path("_aws").path("Timestamp").longValue()).isEqualTo(NOW.toEpochMilli());
        assertThat(told.path("_aws").path("CloudWatchMetrics"))
                .isNotEmpty()
                .allSatisfy(metrics -> {
                    assertThat(metrics.path("Namespace").textValue()).isEqualTo("EcsEfsAutopilot");
                    metrics.path("Dimensions")
                            .path(0)
                            .forEach(name ->
                                    assertThat(told.path(name.textValue()).isTextual()).isTrue());
                    metrics.path("Metrics")
                            .forEach(metric ->
                                    assertThat(
                                                    told.path(metric.path("Name").textValue())
                                                            .isNumber())
                                            .isTrue());
                });
    }

    @Test
    void each_kind_of_step_is_counted() {
        var told =
                line.told(
                        new Outcome.Done("orders:7", List.of(new Dig(1), new Dig(2)), Map.of()),
                        NOW,
                        Duration.ZERO);

        assertThat(told.path("Dig").intValue()).isEqualTo(2);
    }

    @Test
    void a_step_is_counted_by_its_cause_where_the_result_names_one() {
        var told =
                line.told(
                        new Outcome.Done("task-1", List.of(new Dig(1)), Map.of("cause", "spot")),
                        NOW,
                        Duration.ZERO);

        assertThat(told.path("cause").textValue()).isEqualTo("spot");
        assertThat(told.at("/_aws/CloudWatchMetrics/1/Dimensions").toString())
                .isEqualTo("[[\"stack\"],[\"stack\",\"cause\"]]");
    }

    @Test
    void a_step_that_was_only_planned_is_not_counted() {
        var told =
                line.told(
                        new Outcome.Planned("orders:7", List.of(new Dig(1)), Map.of()),
                        NOW,
                        Duration.ZERO);

        assertThat(told.has("Dig")).isFalse();
    }

    @Test
    void what_is_nested_in_a_step_or_a_result_is_not_told() {
        var told =
                line.told(
                        new Outcome.Done(
                                "orders:7",
                                List.of(new Hide(Map.of("PASSWORD", "hunter2"))),
                                Map.of("nested", List.of("hunter2"), "id", "7")),
                        NOW,
                        Duration.ZERO);

        assertThat(told.toString()).doesNotContain("hunter2").contains("\"id\":\"7\"");
    }

    private record Dig(int depth) implements Step {
        @Override
        public String why() {
            return "a hole is needed";
        }
    }

    private record Hide(Map<String, String> environment) implements Step {
        @Override
        public String why() {
            return "it is secret";
        }
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
