package dev.efsautopilot.checks;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.efsautopilot.json.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Values of environment variables, in task definitions and in overrides, reach no log, no event of
 * ours and no answer. The ledger keeps the overrides of a launch, as a re-run needs them: there,
 * and in the calls that copy a revision or run a task again, they may be.
 */
class SecretsTest {

    private static final String CANARY = "canary-7f3a-never-tell";
    private static final Path EVENTS = Path.of("..", "events");

    private static final String DEFINITION =
            """
            {"taskDefinition":{"taskDefinitionArn":"arn:aws:ecs:eu-west-1:123456789012:task-definition/orders:8",
              "family":"orders","revision":8,"status":"ACTIVE","networkMode":"bridge",
              "containerDefinitions":[{"name":"app","image":"x","essential":true,"command":["%1$s"],
                "environment":[{"name":"PASSWORD","value":"%1$s"}]}],"volumes":[]},
             "tags":[{"key":"efs-autopilot/volume/data","value":"fs=fs-0123456789abcdef0 mount=app:/d path=/apps/orders"},
                     {"key":"efs-autopilot/rerun","value":"on=failure attempts=3 backoff=1s exclusive=off"}]}
            """
                    .formatted(CANARY);

    static Stream<String> events() throws IOException {
        try (var files = Files.list(EVENTS)) {
            return files
                    .map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".json"))
                    .sorted()
                    .toList()
                    .stream();
        }
    }

    @ParameterizedTest
    @MethodSource("events")
    void no_value_of_a_variable_is_told_to_anybody(String file) throws IOException {
        var event = Json.MAPPER.readTree(Files.readString(EVENTS.resolve(file)));
        bait(event);
        for (var function : House.names()) {
            var aws = Team.with("orders", Map.of());
            aws.on("DescribeTaskDefinition", _ -> DEFINITION)
                    .on("DescribeTasks", _ -> tasks(event))
                    .on("RunTask", _ -> "{\"failures\":[{\"reason\":\"CAPACITY\"}]}");

            var told = new House(aws).give(function, event.toString());

            assertThat(told.log()).as(function).isNotBlank().doesNotContain(CANARY);
            assertThat(told.answer()).as(function).doesNotContain(CANARY);
            assertThat(aws.calls)
                    .filteredOn(call ->
                            !call.action().matches("PutItem|RunTask|RegisterTaskDefinition"))
                    .as(function)
                    .noneMatch(call -> call.body().contains(CANARY));
        }
    }

    @Test
    void a_task_that_runs_again_has_them() throws IOException {
        var event =
                Json.MAPPER.readTree(Files.readString(EVENTS.resolve("task-stopped-exit-1.json")));
        var aws = Team.with("orders", Map.of());
        aws.on("DescribeTaskDefinition", _ -> DEFINITION)
                .on("DescribeTasks", _ -> tasks(event))
                .on("RunTask", _ -> "{\"failures\":[{\"reason\":\"CAPACITY\"}]}");

        var told = new House(aws).give("task-rerun", event.toString());

        assertThat(aws.calls).as(told.log()).anyMatch(call -> call.body().contains(CANARY));
    }

    /** A value of everything that carries one. */
    private static void bait(JsonNode node) {
        if (node instanceof ObjectNode object) {
            for (var name : List.of("environment", "command", "secretOptions")) {
                if (object.has(name)) {
                    object.putArray(name).addObject().put("name", "PASSWORD").put("value", CANARY);
                }
            }
            if (object.has("overrides")) {
                object.set("overrides", overrides());
            }
            if (object.has("containerDefinitions")) {
                object.withArray("containerDefinitions").forEach(SecretsTest::secret);
            }
        }
        if (node instanceof ObjectNode || node instanceof ArrayNode) {
            node.forEach(SecretsTest::bait);
        }
    }

    private static void secret(JsonNode container) {
        if (container instanceof ObjectNode object) {
            object.putArray("environment").addObject().put("name", "PASSWORD").put("value", CANARY);
        }
    }

    private static ObjectNode overrides() {
        var overrides = Json.MAPPER.createObjectNode();
        overrides
                .putArray("containerOverrides")
                .addObject()
                .put("name", "app")
                .putArray("environment")
                .addObject()
                .put("name", "PASSWORD")
                .put("value", CANARY);
        return overrides;
    }

    /** The task of the event, as ECS describes it; or one that stopped, whoever asks. */
    private static String tasks(JsonNode event) {
        var detail = event.path("detail");
        var task =
                detail.has("taskArn")
                        ? (ObjectNode) detail.deepCopy()
                        : Json.MAPPER
                                .createObjectNode()
                                .put("taskArn", "arn:aws:ecs:eu-west-1:123456789012:task/prod/1")
                                .put(
                                        "clusterArn",
                                        "arn:aws:ecs:eu-west-1:123456789012:cluster/prod")
                                .put(
                                        "taskDefinitionArn",
                                        "arn:aws:ecs:eu-west-1:123456789012:task-definition/orders:8")
                                .put("lastStatus", "STOPPED")
                                .put("desiredStatus", "STOPPED")
                                .put("stopCode", "EssentialContainerExited")
                                .put("launchType", "EC2");
        // Times are numbers here, and texts in events.
        task.remove(
                task.properties().stream()
                        .map(field -> field.getKey())
                        .filter(name -> name.endsWith("At"))
                        .toList());
        task.set("overrides", overrides());
        return "{\"tasks\":[" + task + "]}";
    }
}
