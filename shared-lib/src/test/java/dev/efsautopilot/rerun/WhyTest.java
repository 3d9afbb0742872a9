package dev.efsautopilot.rerun;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.efsautopilot.json.Json;
import dev.efsautopilot.plan.Result;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WhyTest {

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
                "\"Host EC2 (instance i-1) terminated.\"|infrastructure|run"
            })
    void any_field_may_be_missing(String document, String stopClass, String action)
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

    private static JsonNode why(JsonNode document, String policy) {
        return switch (RerunPolicy.parse(policy)) {
            case Result.Ok<RerunPolicy>(var parsed) ->
                    Why.of(Why.stops(document).findFirst().orElseThrow(), parsed).json();
            case Result.Refused<RerunPolicy>(var refusal) ->
                    throw new AssertionError(refusal.sentence());
        };
    }
}
