package dev.efsautopilot.stop;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.efsautopilot.json.Json;
import dev.efsautopilot.task.Task;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Every real stop reason of {@code stop-reasons.jsonl} with its class and cause. */
class StopTableTest {

    static Stream<JsonNode> reasons() throws IOException {
        try (var file = StopTableTest.class.getResourceAsStream("stop-reasons.jsonl")) {
            var text = new String(file.readAllBytes(), StandardCharsets.UTF_8);
            return Json.MAPPER
                    .readerFor(JsonNode.class)
                    .<JsonNode>readValues(text)
                    .readAll()
                    .stream();
        }
    }

    @ParameterizedTest
    @MethodSource("reasons")
    void a_real_stop_reason_has_its_class_and_cause(JsonNode reason) {
        var cause = Stop.parse(reason).cause();

        assertThat(cause.word()).isEqualTo(Json.text(reason, "cause"));
        assertThat(cause.stopClass().word()).isEqualTo(Json.text(reason, "class"));
    }

    @Test
    void at_least_eighty_reasons_are_real_each_with_its_source() throws IOException {
        var real = reasons().filter(reason -> reason.has("source")).toList();

        assertThat(real)
                .extracting(reason -> Json.text(reason, "source"))
                .allMatch(source -> source.startsWith("https://"));
        assertThat(real.stream().map(StopTableTest::words).distinct())
                .hasSizeGreaterThanOrEqualTo(80);
    }

    /** What AWS said, without who told of it. */
    private static JsonNode words(JsonNode reason) {
        return ((ObjectNode) reason.deepCopy()).without(List.of("source", "class", "cause"));
    }

    @Test
    void every_class_has_reasons_and_each_is_real_or_says_why_it_was_made() throws IOException {
        assertThat(reasons()).allMatch(reason -> reason.has("source") != reason.has("made"));
        assertThat(reasons().map(reason -> Json.text(reason, "class")).distinct())
                .containsExactlyInAnyOrderElementsOf(
                        EnumSet.allOf(StopClass.class).stream().map(StopClass::word).toList());
    }

    @ParameterizedTest
    @CsvSource({
        "RESOURCE:MEMORY,CAPACITY",
        "RESOURCE:CPU,CAPACITY",
        "RESOURCE:ENI,CAPACITY",
        "Capacity is unavailable at this time. Please try again later,CAPACITY",
        "AGENT,AGENT_LOST",
        "ATTRIBUTE,PLACEMENT",
        "LOCATION,PLACEMENT",
        "MISSING,CLUSTER_MISSING",
        "INACTIVE,CLUSTER_MISSING",
        "something new,UNKNOWN"
    })
    void a_failure_of_RunTask_is_classified_like_a_stop(String reason, StopCause cause) {
        assertThat(StopCause.ofRunFailure(reason)).isEqualTo(cause);
    }

    @Test
    void a_task_s_containers_are_essential_unless_its_definition_says_no() throws IOException {
        var task =
                Task.parse(
                                Json.MAPPER.readTree(
                                        """
                                        {"taskArn":"arn:aws:ecs:eu-west-1:1:task/c/t",
                                         "stopCode":"EssentialContainerExited",
                                         "containers":[{"name":"app","exitCode":0},
                                                       {"name":"init","exitCode":9}]}\
                                        """))
                        .orElseThrow();
        var definition =
                Json.MAPPER.readTree(
                        """
                        {"containerDefinitions":[{"name":"app"},
                                                 {"name":"init","essential":false}]}\
                        """);

        assertThat(Stop.of(task, definition).cause()).isEqualTo(StopCause.EXIT_ZERO);
        assertThat(Stop.of(task, Json.MAPPER.missingNode()).cause()).isEqualTo(StopCause.EXIT_CODE);
    }

    @Test
    void words_of_causes_are_distinct_and_fit_a_tag() {
        assertThat(Arrays.stream(StopCause.values()).map(StopCause::word))
                .doesNotHaveDuplicates()
                .allMatch(word -> word.matches("[a-z-]+"));
    }
}
