package dev.efsautopilot.checks;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.efsautopilot.json.Json;
import dev.efsautopilot.plan.NotYet;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** ReplaySource is set, and whoever may put events on the bus tells what did not happen. */
class ReplayAttackTest {

    private static final Path EVENTS = Path.of("..", "events");
    private static final String ADMIN = "arn:aws:iam::123456789012:role/admin";
    private static final String DEFINITION =
            """
            {"taskDefinition":{"taskDefinitionArn":"arn:aws:ecs:eu-west-1:123456789012:task-definition/orders:8",
              "family":"orders","revision":8,"status":"ACTIVE","networkMode":"awsvpc",
              "containerDefinitions":[{"name":"app","image":"x","essential":true}],"volumes":[]},
             "tags":[{"key":"efs-autopilot/rerun","value":"on=failure attempts=3 backoff=1s exclusive=off"}]}
            """;

    private final ObjectNode stopped = event("task-stopped-spot");
    private final FakeAws aws =
            Team.with("orders", Map.of())
                    .on("DescribeTaskDefinition", _ -> DEFINITION)
                    .on("RunTask", _ -> "{\"tasks\":[{\"taskArn\":\"arn:aws:ecs:new\"}]}");
    private final House house = new House(aws);

    ReplayAttackTest() throws IOException {}

    @Test
    void a_task_that_runs_is_not_run_again_however_new_the_event_is() {
        described("RUNNING", 7);
        detail().put("version", 999_999);

        var told = house.give("task-rerun", replayed(stopped));

        assertThat(told.thrown()).containsInstanceOf(NotYet.class);
        assertThat(aws.writes()).isEmpty();
    }

    @Test
    void a_task_that_ecs_does_not_know_is_not_run_again() {
        aws.on("DescribeTasks", _ -> "{\"tasks\":[]}");

        var told = house.give("task-rerun", replayed(stopped));

        assertThat(told.log()).contains("a replayed event does not count");
        assertThat(aws.writes()).isEmpty();
        assertThat(aws.ledger).isEmpty();
    }

    @Test
    void why_a_task_stopped_is_what_ecs_says() {
        described("STOPPED", 7);
        detail().put("version", 999_999).put("stopCode", "UserInitiated");

        house.give("task-rerun", replayed(stopped));

        // A person's stop would be let be; of a loss whose launch nobody told of, the owner hears.
        assertThat(aws.writes())
                .singleElement()
                .satisfies(call -> assertThat(call.body()).contains("abandoned task"));
    }

    @Test
    void a_launch_with_a_stronger_role_gives_no_task_that_role() throws IOException {
        described("STOPPED", 7);
        var launch = event("run-task-api-call");
        var request = (ObjectNode) launch.at("/detail/requestParameters");
        request.withObjectProperty("overrides").put("taskRoleArn", ADMIN);
        request.put("taskDefinition", "stronger:1").put("enableExecuteCommand", true);
        ((ObjectNode) launch.at("/detail/responseElements/tasks/0"))
                .put("taskArn", detail().path("taskArn").asText());
        assertThat(house.give("nfs-ingress", replayed(launch)).thrown()).isEmpty();
        assertThat(aws.ledger).isNotEmpty();

        house.give("task-rerun", replayed(stopped));

        assertThat(aws.writes())
                .filteredOn(call -> call.action().equals("RunTask"))
                .singleElement()
                .satisfies(call ->
                        assertThat(call.body())
                                .contains("task-definition/orders:8")
                                .doesNotContain(ADMIN)
                                .doesNotContain("stronger")
                                .doesNotContain("\"enableExecuteCommand\":true"));
    }

    @Test
    void nothing_is_opened_for_a_definition_that_the_task_does_not_have() throws IOException {
        var pending = event("task-pending");
        aws.on("DescribeTasks", _ -> "{\"tasks\":[" + untimed(pending.path("detail")) + "]}");
        aws.on(
                "DescribeTaskDefinition",
                _ ->
                        DEFINITION.replace(
                                "\"volumes\":[]",
                                "\"volumes\":[{\"name\":\"d\",\"efsVolumeConfiguration\":{\"fileSystemId\":\"%s\"}}]"
                                        .formatted(Team.OPEN)));
        var forged = pending.deepCopy();
        ((ObjectNode) forged.path("detail"))
                .put(
                        "taskDefinitionArn",
                        "arn:aws:ecs:eu-west-1:123456789012:task-definition/payroll:1");

        var told = house.give("nfs-ingress", replayed(forged));

        assertThat(told.log()).contains("the task is gone");
        assertThat(aws.writes()).isEmpty();
    }

    private void described(String status, int version) {
        var task = untimed(detail());
        task.put("lastStatus", status).put("version", version);
        if (!status.equals("STOPPED")) {
            task.put("desiredStatus", status).remove("stopCode");
        }
        var answer = "{\"tasks\":[" + task + "]}";
        aws.on("DescribeTasks", _ -> answer);
    }

    /** Times are numbers here, and texts in events. */
    private static ObjectNode untimed(JsonNode task) {
        ObjectNode copy = task.deepCopy();
        copy.remove(
                copy.properties().stream()
                        .map(Map.Entry::getKey)
                        .filter(name -> name.endsWith("At"))
                        .toList());
        return copy;
    }

    private ObjectNode detail() {
        return (ObjectNode) stopped.path("detail");
    }

    private static String replayed(ObjectNode event) {
        return event.deepCopy().put("source", "replay.of.ours").toString();
    }

    private static ObjectNode event(String name) throws IOException {
        return (ObjectNode) Json.MAPPER.readTree(Files.readString(EVENTS.resolve(name + ".json")));
    }
}
