package dev.efsautopilot.local.template;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.efsautopilot.event.Trigger;
import dev.efsautopilot.json.Json;
import dev.efsautopilot.plan.Outcome;
import dev.efsautopilot.plan.Refusal;
import dev.efsautopilot.report.LogLine;
import dev.efsautopilot.rerun.Verdict.Abandon;
import dev.efsautopilot.rerun.Verdict.RunAgain;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Dashboard and alarms read what is written: a wrong name would show nothing, for ever. */
class MetricsTest {

    /** A metric, or all those that a search finds. */
    record Metric(String namespace, String name, Set<String> dimensions) {}

    private static final String STACK = "stack-1";
    private static final List<String> FUNCTIONS =
            Stream.of("access-points", "volumes", "nfs-ingress", "task-rerun", "doctor", "sweep")
                    .map(function -> STACK + "-" + function)
                    .toList();

    /**
     * What AWS writes: Lambda's "Types of metrics for Lambda functions", SQS's "Available
     * CloudWatch metrics", API Gateway's "Amazon API Gateway dimensions and metrics".
     */
    private static final Set<Metric> OF_AWS =
            Set.of(
                    new Metric("AWS/Lambda", "Invocations", Set.of("FunctionName")),
                    new Metric("AWS/Lambda", "Errors", Set.of("FunctionName")),
                    new Metric("AWS/Lambda", "Throttles", Set.of("FunctionName")),
                    new Metric("AWS/Lambda", "Duration", Set.of("FunctionName")),
                    new Metric("AWS/ApiGateway", "Count", Set.of("ApiName")),
                    new Metric("AWS/ApiGateway", "4XXError", Set.of("ApiName")),
                    new Metric("AWS/ApiGateway", "5XXError", Set.of("ApiName")),
                    new Metric(
                            "AWS/SQS", "ApproximateNumberOfMessagesVisible", Set.of("QueueName")));

    private static final Pattern SEARCH =
            Pattern.compile(
                    "SEARCH\\('\\{([\\w,]+)} MetricName=\"(\\w+)\"((?: \\w+=\"[\\w.-]+\")*)', 'Sum', 300\\)");

    private static final Pattern TERM = Pattern.compile("(\\w+)=\"([\\w.-]+)\"");

    private final Template template = Template.read();
    private final Map<Metric, Map<String, Set<String>>> written = new HashMap<>();

    MetricsTest() {
        var now = Instant.EPOCH;
        var took = Duration.ofMillis(1);
        for (var function : FUNCTIONS) {
            var line = new LogLine(STACK, function, "r-1", new Trigger.Scheduled());
            outcomes().forEach(outcome -> wrote(line.told(outcome, now, took)));
            wrote(line.failed(new IllegalStateException("boom"), now, took));
        }
    }

    private static Stream<Outcome> outcomes() {
        return Stream.of(
                new Outcome.Done("task-1", List.of(new RunAgain(1, "w")), Map.of("cause", "spot")),
                new Outcome.Done("task-1", List.of(new Abandon("w", "r")), Map.of("cause", "dns")),
                new Outcome.Done("task-1", List.of(), Map.of()),
                new Outcome.Planned("task-1", List.of(), Map.of()),
                new Outcome.Refused("task-1", Refusal.invalid("f", "p", "r")),
                new Outcome.Ignored("task-1", "w"));
    }

    /** The embedded metric format: each set of dimensions makes a metric of each name. */
    private void wrote(JsonNode line) {
        for (var directive : line.at("/_aws/CloudWatchMetrics")) {
            for (var dimensions : directive.path("Dimensions")) {
                var names = dimensions.valueStream().map(JsonNode::asText).toList();
                for (var metric : directive.path("Metrics")) {
                    var values =
                            written.computeIfAbsent(
                                    new Metric(
                                            directive.path("Namespace").asText(),
                                            metric.path("Name").asText(),
                                            new TreeSet<>(names)),
                                    _ -> new TreeMap<>());
                    names.forEach(name ->
                            values.computeIfAbsent(name, _ -> new HashSet<>())
                                    .add(line.path(name).asText()));
                }
            }
        }
    }

    @Test
    void the_dashboard_shows_what_the_log_lines_and_AWS_write() throws Exception {
        var widgets = dashboard();
        var shown = new ArrayList<Metric>();
        for (var widget : widgets) {
            var last = List.<JsonNode>of();
            for (var metric : widget.at("/properties/metrics")) {
                last = spelledOut(metric, last);
                shown.add(read(last));
            }
        }
        assertThat(shown)
                .hasSizeGreaterThan(40)
                .allSatisfy(metric ->
                        assertThat(OF_AWS.contains(metric) || written.containsKey(metric))
                                .as(metric.toString())
                                .isTrue());
        assertThat(shown)
                .extracting(Metric::name)
                .contains(
                        "Invocations",
                        "Events",
                        "RunAgain",
                        "Abandon",
                        "Errors",
                        "Duration",
                        "Throttles",
                        "ApproximateNumberOfMessagesVisible");
    }

    @Test
    void every_alarm_watches_what_the_log_lines_and_AWS_write() {
        var watched = new ArrayList<Metric>();
        template.resources("AWS::CloudWatch::Alarm")
                .map(alarm -> alarm.getValue().path("Properties"))
                .flatMap(alarm ->
                        alarm.has("Metrics")
                                ? alarm.path("Metrics")
                                        .valueStream()
                                        .filter(metric -> metric.has("MetricStat"))
                                        .map(metric -> metric.at("/MetricStat/Metric"))
                                : Stream.of(alarm))
                .forEach(metric ->
                        watched.add(
                                new Metric(
                                        metric.path("Namespace").asText(),
                                        metric.path("MetricName").asText(),
                                        metric.path("Dimensions")
                                                .valueStream()
                                                .map(dimension -> dimension.path("Name").asText())
                                                .collect(Collectors.toCollection(TreeSet::new)))));
        assertThat(watched)
                .hasSize(14)
                .allSatisfy(metric ->
                        assertThat(OF_AWS.contains(metric) || written.containsKey(metric))
                                .as(metric.toString())
                                .isTrue());
    }

    @Test
    void the_dashboard_shows_every_alarm() throws Exception {
        assertThat(dashboard().findValue("alarms"))
                .extracting(alarm -> alarm.asText().replaceFirst(".*:alarm:", ""))
                .containsExactlyInAnyOrderElementsOf(
                        template.resources("AWS::CloudWatch::Alarm")
                                .map(alarm -> alarm.getValue().at("/Properties/AlarmName/!Sub"))
                                .map(name -> name.asText().replace("${AWS::StackName}", STACK))
                                .toList());
    }

    private JsonNode dashboard() throws Exception {
        var body =
                template.resources("AWS::CloudWatch::Dashboard")
                        .map(resource -> resource.getValue().at("/Properties/DashboardBody/!Sub"))
                        .findFirst()
                        .orElseThrow()
                        .asText()
                        .replace("${AWS::StackName}", STACK);
        return Json.MAPPER.readTree(body).path("widgets");
    }

    /** "..." stands for all of the metric above but the last values. */
    private static List<JsonNode> spelledOut(JsonNode metric, List<JsonNode> above) {
        var own =
                metric.valueStream()
                        .filter(part -> !part.isObject() || part.has("expression"))
                        .toList();
        if (!own.getFirst().asText().equals("...")) {
            return own;
        }
        var whole = new ArrayList<>(above.subList(0, above.size() - own.size() + 1));
        whole.addAll(own.subList(1, own.size()));
        return whole;
    }

    private Metric read(List<JsonNode> parts) {
        if (parts.getFirst().has("expression")) {
            return searched(parts.getFirst().path("expression").asText());
        }
        var dimensions = new TreeMap<String, String>();
        for (var i = 2; i < parts.size(); i += 2) {
            dimensions.put(parts.get(i).asText(), parts.get(i + 1).asText());
        }
        return checked(
                parts.get(0).asText(), parts.get(1).asText(), dimensions.keySet(), dimensions);
    }

    private Metric searched(String expression) {
        var found = SEARCH.matcher(expression);
        assertThat(found.find()).as(expression).isTrue();
        var schema = List.of(found.group(1).split(",", -1));
        var terms =
                TERM.matcher(found.group(3))
                        .results()
                        .collect(Collectors.toMap(term -> term.group(1), term -> term.group(2)));
        return checked(
                schema.getFirst(),
                found.group(2),
                new TreeSet<>(schema.subList(1, schema.size())),
                terms);
    }

    /** Values of our own dimensions are some that a line has had. */
    private Metric checked(
            String namespace, String name, Set<String> dimensions, Map<String, String> values) {
        var metric = new Metric(namespace, name, new TreeSet<>(dimensions));
        if (namespace.equals(LogLine.NAMESPACE)) {
            assertThat(written).containsKey(metric);
            values.forEach((dimension, value) ->
                    assertThat(written.getOrDefault(metric, Map.of()).get(dimension))
                            .as(metric + " " + dimension)
                            .contains(value));
        }
        return metric;
    }
}
