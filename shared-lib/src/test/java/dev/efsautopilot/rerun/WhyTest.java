package dev.efsautopilot.rerun;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.efsautopilot.json.Json;
import dev.efsautopilot.plan.Result;
import dev.efsautopilot.stop.StopClass;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WhyTest {

    private static final String REASONS = "dev/efsautopilot/stop/stop-reasons.jsonl";
    private static final String INFRASTRUCTURE = "on=infrastructure attempts=3";

    @ParameterizedTest
    @CsvSource({
        "task-stopped-spot, on=infrastructure, infrastructure, spot-interruption, run",
        "task-stopped-spot, on=failure, infrastructure, spot-interruption, run",
        "task-stopped-spot, off, infrastructure, spot-interruption, none",
        "task-spot-warning, on=infrastructure, infrastructure, spot-interruption, none",
        "task-stopped-exit-1, on=infrastructure, application, exit-code, none",
        "task-stopped-exit-1, on=failure, application, exit-code, run-later",
        "task-stopped-exit-1, on=failure exit=75, application, exit-code, none",
        "task-stopped-exit-0, on=failure, done, exit-zero, none",
        "task-stopped-mount-timeout, on=infrastructure, storage, nfs-blocked, repair-then-run",
        "task-stopped-image-missing, on=failure, hopeless, image-missing, none",
        "task-stopped-oom, on=infrastructure, out-of-memory, out-of-memory, none",
        "task-stopped-oom, on=failure exit=137, out-of-memory, out-of-memory, run-later",
        "task-stopped-user, on=failure, wanted, user, none"
    })
    void an_event_tells(String event, String policy, String stopClass, String cause, String action)
            throws IOException {
        var document = Json.MAPPER.readTree(Path.of("../events/" + event + ".json").toFile());

        var why = why(document, policy);

        assertThat(why.path("class").textValue()).isEqualTo(stopClass);
        assertThat(why.path("cause").textValue()).isEqualTo(cause);
        assertThat(why.path("action").textValue()).isEqualTo(action);
        assertThat(why.path("why").textValue()).isNotBlank();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{}|unknown|none",
                "{\"stopCode\":null,\"containers\":null}|unknown|none",
                "{\"stopCode\":\"SpotInterruption\"}|infrastructure|run",
                "{\"stoppedReason\":\"Host EC2 (instance i-1) terminated.\"}|infrastructure|run",
                "{\"containers\":[{\"exitCode\":0},{\"essential\":false,\"exitCode\":1}]}|done|none",
                "{\"containers\":[{\"exitCode\":1}]}|application|none",
                "{\"stopCode\":\"SpotInterruption\",\"group\":\"service:a\"}|infrastructure|none",
                "\"Host EC2 (instance i-1) terminated.\"|infrastructure|run",
                "5|unknown|none",
                "{\"detail\":{}}|unknown|none",
                "{\"stopCode\":5,\"stoppedReason\":[],\"containers\":\"app\"}|unknown|none",
                "{\"containers\":[null,5,\"app\",{\"exitCode\":\"1\",\"reason\":{}}]}|unknown|none",
                "{\"tags\":[null,{\"key\":5}],\"startedAt\":\"x\",\"stoppedAt\":{}}|unknown|none",
                "{\"lastStatus\":5,\"taskArn\":[],\"group\":{},\"startedBy\":true}|unknown|none"
            })
    void any_field_may_be_missing_or_odd(String document, String stopClass, String action)
            throws JsonProcessingException {
        var why = why(Json.MAPPER.readTree(document), INFRASTRUCTURE);

        assertThat(why.path("class").textValue()).isEqualTo(stopClass);
        assertThat(why.path("action").textValue()).isEqualTo(action);
    }

    @Test
    void an_answer_of_describe_tasks_has_one_stop_a_task() throws JsonProcessingException {
        var answer = Json.MAPPER.readTree("{\"tasks\":[{\"taskArn\":\"a\"},{\"taskArn\":\"b\"}]}");

        assertThat(Why.stops(answer)).hasSize(2);
    }

    @Test
    void the_page_tells_what_is_done_about_each_class() throws IOException {
        var rows =
                Files.readAllLines(Path.of("../docs/stop-reasons.md")).stream()
                        .dropWhile(line -> !line.startsWith("| class |"))
                        .takeWhile(line -> !line.isBlank())
                        .filter(line -> line.startsWith("| `"))
                        .map(line -> line.split("\\|"))
                        .toList();

        assertThat(rows).isNotEmpty();
        for (var row : rows) {
            var infrastructure = row[2];
            var failure = row[3].isBlank() || row[3].contains("the same") ? row[2] : row[3];
            for (var stopClass : quoted(row[1])) {
                assertThat(actions(stopClass, INFRASTRUCTURE))
                        .as("%s under on=infrastructure", stopClass)
                        .isEqualTo(quotedActions(infrastructure));
                assertThat(actions(stopClass, "on=failure", "on=failure exit=137"))
                        .as("%s under on=failure", stopClass)
                        .isEqualTo(quotedActions(failure));
            }
        }
        assertThat(rows.stream().flatMap(row -> quoted(row[1]).stream()))
                .containsExactlyInAnyOrderElementsOf(
                        Arrays.stream(StopClass.values()).map(StopClass::word).toList());
    }

    /** What is done about the real stop reasons of a class under any of these policies. */
    private static Set<String> actions(String stopClass, String... policies) throws IOException {
        var actions = new TreeSet<String>();
        try (var reasons = Files.lines(Path.of("src/test/resources", REASONS))) {
            for (var reason : reasons.toList()) {
                var document = Json.MAPPER.readTree(reason);
                for (var policy : policies) {
                    var why = why(document, policy);
                    if (Json.text(why, "class").equals(stopClass)) {
                        actions.add(Json.text(why, "action"));
                    }
                }
            }
        }
        return actions;
    }

    private static Set<String> quotedActions(String cell) {
        var actions = quoted(cell);
        actions.retainAll(Arrays.stream(Why.Action.values()).map(Why.Action::word).toList());
        return actions;
    }

    private static Set<String> quoted(String cell) {
        return Pattern.compile("`([^`]+)`")
                .matcher(cell)
                .results()
                .map(found -> found.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static JsonNode why(JsonNode document, String policy) {
        return switch (RerunPolicy.parse(policy)) {
            case Result.Ok<RerunPolicy>(var parsed) ->
                    Why.of(Why.stops(document).findFirst().orElseThrow(), parsed).json();
            case Result.Refused<RerunPolicy>(var refusal) ->
                    throw new AssertionError(refusal.sentence());
        };
    }
}
