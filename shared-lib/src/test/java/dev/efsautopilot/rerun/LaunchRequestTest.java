package dev.efsautopilot.rerun;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.efsautopilot.event.EventFiles;
import dev.efsautopilot.json.Json;
import dev.efsautopilot.launch.LaunchRecord;
import dev.efsautopilot.launch.LaunchRecords;
import dev.efsautopilot.plan.Result;
import dev.efsautopilot.stop.StopCause;
import dev.efsautopilot.task.Task;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class LaunchRequestTest {

    private static final String ID = "0c1d2e3f405162738495a6b7c8d9eaf0";
    private static final JsonNode AWSVPC = json("{\"networkMode\":\"awsvpc\"}");
    private static final JsonNode BRIDGE = json("{\"networkMode\":\"bridge\"}");
    private static final Attempt ATTEMPT =
            new Attempt(
                    1,
                    "t",
                    StopCause.SPOT_INTERRUPTION,
                    Duration.ofHours(1),
                    Instant.EPOCH,
                    0,
                    Optional.empty(),
                    Optional.empty());

    private static JsonNode json(String text) {
        try {
            return Json.MAPPER.readTree(text);
        } catch (JsonProcessingException e) {
            throw new AssertionError(e);
        }
    }

    private static Task stopped() {
        return EventFiles.task("task-stopped-spot");
    }

    private static JsonNode request(JsonNode definition, Optional<LaunchRecord> remembered) {
        var task = stopped();
        return switch (LaunchRequest.of(task, definition, remembered, task.arn(), ATTEMPT)) {
            case Result.Ok<LaunchRequest.Launch>(var launch) -> launch.request();
            case Result.Refused<LaunchRequest.Launch>(var refusal) ->
                    throw new AssertionError(refusal.sentence());
        };
    }

    private static Optional<LaunchRecord> called(String request) {
        return Optional.of(
                LaunchRecord.parse(
                        json(
                                "{\"source\":\"API_EVENT\",\"complete\":true,\"request\":"
                                        + request
                                        + "}")));
    }

    @Test
    void a_remembered_launch_is_repeated_field_by_field() {
        var launch =
                """
                {"cluster":"prod","taskDefinition":"orders:8","startedBy":"nightly-settlement",
                 "capacityProviderStrategy":[{"capacityProvider":"FARGATE_SPOT","weight":3},
                                             {"capacityProvider":"FARGATE","weight":1}],
                 "networkConfiguration":{"awsvpcConfiguration":{"subnets":["subnet-1","subnet-2"],
                   "securityGroups":["sg-1"],"assignPublicIp":"DISABLED"}},
                 "platformVersion":"LATEST","propagateTags":"TASK_DEFINITION","referenceId":"r",
                 "enableExecuteCommand":true,"group":"batch",
                 "tags":[{"key":"team","value":"orders"}],
                 "overrides":{"containerOverrides":[{"name":"app","command":["settle"]}]},
                 "placementConstraints":[{"type":"memberOf","expression":"x"}],
                 "volumeConfigurations":[{"name":"ebs"}]}\
                """;

        var request = request(AWSVPC, called(launch));

        for (var field : json(launch).properties()) {
            if (!java.util.Set.of(
                            "cluster",
                            "taskDefinition",
                            "tags",
                            "overrides",
                            "enableExecuteCommand")
                    .contains(field.getKey())) {
                assertThat(request.path(field.getKey())).isEqualTo(field.getValue());
            }
        }
        assertThat(request.path("cluster").asText())
                .isEqualTo("arn:aws:ecs:eu-west-1:123456789012:cluster/prod");
        assertThat(request.path("taskDefinition").asText()).endsWith("task-definition/orders:8");
        assertThat(request.path("count").asInt()).isEqualTo(1);
        assertThat(request.path("clientToken").asText()).matches("[0-9a-f]{64}");
        assertThat(request.path("tags"))
                .isEqualTo(
                        json(
                                "[{\"key\":\"team\",\"value\":\"orders\"},"
                                        + "{\"key\":\"efs-autopilot/rerun-of\",\"value\":\""
                                        + ID
                                        + "/1\"},{\"key\":\"efs-autopilot/rerun-since\","
                                        + "\"value\":\""
                                        + Mark.since(stopped()).orElseThrow()
                                        + "\"},{\"key\":\"efs-autopilot/status\","
                                        + "\"value\":\"re-run 1 after spot-interruption\"}]"));
    }

    @Test
    void a_launch_that_is_told_of_brings_no_role_and_no_way_in_that_the_task_did_not_have() {
        var told =
                """
                {"networkConfiguration":{"awsvpcConfiguration":{"subnets":["subnet-1"]}},
                 "taskDefinition":"stronger:1","enableExecuteCommand":true,
                 "overrides":{"taskRoleArn":"arn:aws:iam::123456789012:role/admin"}}\
                """;

        var request = request(AWSVPC, called(told));

        assertThat(request.at("/overrides/taskRoleArn").isMissingNode()).isTrue();
        assertThat(request.path("enableExecuteCommand").asBoolean()).isFalse();
        assertThat(request.path("taskDefinition").asText())
                .isEqualTo(stopped().taskDefinitionArn());
        assertThat(request.path("overrides"))
                .isEqualTo(
                        LaunchRecords.observed(stopped(), Optional.empty())
                                .request()
                                .path("overrides"));
    }

    @Test
    void where_the_zone_was_why_it_stopped_its_subnet_is_left_out() {
        var request =
                (ObjectNode)
                        json(
                                """
                                {"networkConfiguration":{"awsvpcConfiguration":{
                                  "subnets":["subnet-1","subnet-2"],"securityGroups":["sg-1"]}}}\
                                """);
        var task =
                Task.parse(
                                json(
                                        """
                                        {"taskArn":"t","attachments":[{"details":[
                                          {"name":"subnetId","value":"subnet-1"}]}]}\
                                        """))
                        .orElseThrow();

        assertThat(Elsewhere.helps(request, task, StopCause.MOUNT_TARGET_MISSING)).isTrue();
        assertThat(Elsewhere.helps(request, task, StopCause.SPOT_INTERRUPTION)).isFalse();
        Elsewhere.choose(request, task);

        assertThat(request.at("/networkConfiguration/awsvpcConfiguration/subnets").toString())
                .isEqualTo("[\"subnet-2\"]");
        assertThat(Elsewhere.helps(request, task, StopCause.MOUNT_TARGET_MISSING)).isFalse();
    }

    @Test
    void a_subnet_that_is_left_out_is_told() {
        var task =
                Task.parse(
                                json(
                                        """
                                        {"taskArn":"t","clusterArn":"c","taskDefinitionArn":"d",
                                         "attachments":[{"details":[
                                          {"name":"subnetId","value":"subnet-1"}]}]}\
                                        """))
                        .orElseThrow();
        var launched =
                called(
                        """
                        {"networkConfiguration":{"awsvpcConfiguration":{
                          "subnets":["subnet-1","subnet-2"],"securityGroups":["sg-1"]}}}\
                        """);
        var attempt =
                new Attempt(
                        1,
                        "t",
                        StopCause.MOUNT_TARGET_MISSING,
                        Duration.ZERO,
                        Instant.EPOCH,
                        0,
                        Optional.empty(),
                        Optional.empty());

        assertThat(LaunchRequest.of(task, AWSVPC, launched, "t", attempt))
                .isInstanceOfSatisfying(
                        Result.Ok.class,
                        ok ->
                                assertThat(((LaunchRequest.Launch) ok.value()).differs())
                                        .containsExactly(
                                                "not in subnet-1, where it could not start"));
        assertThat(Told.rerun(attempt, "new", List.of("a", "b")).get("differs")).isEqualTo("a; b");
        assertThat(Told.rerun(attempt, "new", List.of()).containsKey("differs")).isFalse();
    }

    @Test
    void a_volume_written_wrong_is_cured_by_the_revision_that_was_made_of_it() {
        var task =
                Task.parse(
                                json(
                                        """
                                        {"taskArn":"t","stopCode":"TaskFailedToStart",
                                         "stoppedReason":"ResourceInitializationError: failed to\
                                         invoke EFS utils commands to set up EFS volumes: stderr:\
                                         mount.nfs4: mounting fs-1:/a failed, reason given by\
                                         server: No such file or directory"}\
                                        """))
                        .orElseThrow();
        var described =
                json(
                        """
                        {"tags":[{"key":"efs-autopilot/derived","value":"orders:9"}]}\
                        """);

        assertThat(
                        Case.of(task, described)
                                .revised(Json.MAPPER.createObjectNode())
                                .path("taskDefinition")
                                .asText())
                .isEqualTo("orders:9");
    }

    @Test
    void overrides_that_CloudTrail_hides_come_from_the_task() {
        var launch =
                """
                {"networkConfiguration":{"awsvpcConfiguration":{"subnets":["subnet-1"]}},
                 "overrides":{"containerOverrides":[{"name":"app","environment":[
                   {"name":"BATCH","value":"HIDDEN_DUE_TO_SECURITY_REASONS"}]}]}}\
                """;

        assertThat(
                        request(AWSVPC, called(launch))
                                .at("/overrides/containerOverrides/0/environment/0/value")
                                .asText())
                .isEqualTo("nightly");
    }

    @Test
    void a_task_with_an_interface_of_its_own_is_not_run_without_knowing_where() {
        var task = stopped();

        assertThat(LaunchRequest.of(task, AWSVPC, Optional.empty(), task.arn(), ATTEMPT))
                .isInstanceOfSatisfying(
                        Result.Refused.class,
                        refused ->
                                assertThat(refused.refusal().field())
                                        .isEqualTo("networkConfiguration"));
    }

    @Test
    void in_bridge_mode_the_task_itself_tells_enough() {
        var bridge = (com.fasterxml.jackson.databind.node.ObjectNode) stopped().json().deepCopy();
        bridge.remove("attachments");
        bridge.remove("startedBy");
        bridge.remove("capacityProviderName");
        bridge.put("launchType", "EC2");
        var task = Task.parse(bridge).orElseThrow();

        var result = LaunchRequest.of(task, BRIDGE, Optional.empty(), task.arn(), ATTEMPT);

        assertThat(result)
                .isInstanceOfSatisfying(
                        Result.Ok.class,
                        ok -> {
                            var launch = (LaunchRequest.Launch) ok.value();
                            assertThat(launch.request().path("launchType").asText())
                                    .isEqualTo("EC2");
                            assertThat(launch.request().path("startedBy").asText())
                                    .isEqualTo("efs-autopilot/" + ID + "/1");
                            assertThat(launch.differs()).isNotEmpty();
                        });
    }

    @Test
    void a_token_is_for_one_attempt_of_one_task() {
        assertThat(Mark.token("a/t", ATTEMPT))
                .isEqualTo(Mark.token("a/t", ATTEMPT))
                .isNotEqualTo(Mark.token("a/u", ATTEMPT))
                .isNotEqualTo(
                        Mark.token(
                                "a/t",
                                ATTEMPT.again(Instant.EPOCH)
                                        .again(Instant.EPOCH)
                                        .again(Instant.EPOCH)
                                        .again(Instant.EPOCH)));
    }
}
