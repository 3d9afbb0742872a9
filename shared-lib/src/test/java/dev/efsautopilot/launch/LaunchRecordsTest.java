package dev.efsautopilot.launch;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.efsautopilot.aws.NetworkInterface;
import dev.efsautopilot.event.ApiCall;
import dev.efsautopilot.event.EventFiles;
import dev.efsautopilot.json.Json;
import dev.efsautopilot.launch.LaunchRecord.Source;
import dev.efsautopilot.task.Task;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class LaunchRecordsTest {

    private static final String REQUEST =
            """
            {"cluster": "main", "taskDefinition": "web:3", "count": 2, "clientToken": "t",
             "capacityProviderStrategy": [{"capacityProvider": "FARGATE_SPOT", "weight": 2}],
             "networkConfiguration": {"awsvpcConfiguration":
                {"subnets": ["subnet-a", "subnet-b"], "securityGroups": ["sg-1"]}},
             "propagateTags": "TASK_DEFINITION", "somethingNew": {"x": 1} OVERRIDES}
            """;
    private static final String HIDDEN =
            """
            , "overrides": {"containerOverrides": [{"name": "app", "command": ["run"],
               "environment": "HIDDEN_DUE_TO_SECURITY_REASONS"}]}
            """;
    private static final Task TASK =
            Task.parse(
                            json(
                                    """
                                    {"taskArn": "arn:task/1", "clusterArn": "arn:cluster/main",
                                     "taskDefinitionArn": "arn:task-definition/web:3", "group": "family:web",
                                     "capacityProviderName": "FARGATE_SPOT", "launchType": "FARGATE",
                                     "platformVersion": "1.4.0", "enableExecuteCommand": false,
                                     "tags": [{"key": "team", "value": "a"}, {"key": "aws:x", "value": "y"}],
                                     "overrides": {"inferenceAcceleratorOverrides": [], "containerOverrides": [
                                       {"name": "app", "command": ["run"],
                                        "environment": [{"name": "A", "value": "1"}]}, {"name": "log"}]}}
                                    """))
                    .orElseThrow();
    private static final NetworkInterface AT =
            new NetworkInterface(
                    "eni-1",
                    "vpc-1",
                    "subnet-a",
                    "eu-west-1a",
                    List.of("10.0.1.7"),
                    List.of("sg-1"),
                    true);

    private static JsonNode json(String text) {
        try {
            return Json.MAPPER.readTree(text);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(e);
        }
    }

    private static LaunchRecord called(String more) {
        return called(more, false);
    }

    private static LaunchRecord called(String more, boolean replayed) {
        var response =
                json("{\"tasks\": [{\"taskArn\": \"arn:task/1\"}, {\"taskArn\": \"arn:task/2\"}]}");
        var call =
                new ApiCall(
                        "ecs.amazonaws.com",
                        "RunTask",
                        Instant.EPOCH,
                        Optional.empty(),
                        Optional.empty(),
                        json(REQUEST.replace("OVERRIDES", more)),
                        response,
                        replayed);
        assertThat(LaunchRecords.tasks(call)).containsExactly("arn:task/1", "arn:task/2");
        return LaunchRecords.called(call);
    }

    @Test
    void a_call_is_the_whole_request_but_for_what_is_about_the_call() {
        var record = called("");
        assertThat(record.complete()).isTrue();
        assertThat(record.request().has("count")).isFalse();
        assertThat(record.request().has("clientToken")).isFalse();
        assertThat(record.request().at("/somethingNew/x").asInt()).isEqualTo(1);
        assertThat(record.request().at("/networkConfiguration/awsvpcConfiguration/subnets"))
                .hasSize(2);
    }

    @Test
    void a_call_with_hidden_values_says_that_it_is_not_complete() {
        assertThat(called(HIDDEN).missing())
                .containsExactly("overrides: values that CloudTrail hides");
    }

    @Test
    void an_observed_task_gives_the_request_that_is_most_like_its_own() {
        var record = LaunchRecords.observed(TASK, Optional.of(AT));
        assertThat(record.source()).isEqualTo(Source.OBSERVED);
        assertThat(record.complete()).isFalse();
        assertThat(record.request())
                .isEqualTo(
                        json(
                                """
                                {"cluster": "arn:cluster/main", "taskDefinition": "arn:task-definition/web:3",
                                 "capacityProviderStrategy": [{"capacityProvider": "FARGATE_SPOT"}],
                                 "platformVersion": "1.4.0", "enableExecuteCommand": false,
                                 "overrides": {"containerOverrides": [{"name": "app", "command": ["run"],
                                    "environment": [{"name": "A", "value": "1"}]}]},
                                 "tags": [{"key": "team", "value": "a"}],
                                 "networkConfiguration": {"awsvpcConfiguration": {"subnets": ["subnet-a"],
                                    "securityGroups": ["sg-1"], "assignPublicIp": "ENABLED"}}}
                                """));
    }

    @Test
    void a_call_beats_an_observation_in_either_order() {
        var call = called("");
        var observed = LaunchRecords.observed(TASK, Optional.of(AT));
        assertThat(call.merge(observed)).isEqualTo(call);
        assertThat(observed.merge(call)).isEqualTo(call);
    }

    @Test
    void what_is_hidden_in_the_call_comes_from_the_task_in_either_order() {
        var call = called(HIDDEN);
        var observed = LaunchRecords.observed(TASK, Optional.empty());
        assertThat(call.merge(observed)).isEqualTo(observed.merge(call));
        var merged = call.merge(observed);
        assertThat(merged.complete()).isTrue();
        assertThat(merged.source()).isEqualTo(Source.API_EVENT);
        assertThat(
                        merged.request()
                                .at("/overrides/containerOverrides/0/environment/0/value")
                                .asText())
                .isEqualTo("1");
        assertThat(merged.request().at("/networkConfiguration/awsvpcConfiguration/subnets"))
                .hasSize(2);
    }

    @Test
    void the_call_and_the_running_task_of_the_events_are_the_whole_launch() {
        var call = EventFiles.call("run-task-api-call");
        var task = EventFiles.task("task-running");
        assertThat(LaunchRecords.tasks(call)).containsExactly(task.arn());

        var launch =
                LaunchRecords.called(call).merge(LaunchRecords.observed(task, Optional.empty()));

        assertThat(launch.complete()).as("%s", launch.missing()).isTrue();
        assertThat(launch.request().path("startedBy").textValue()).isEqualTo("nightly-settlement");
        assertThat(launch.request().at("/overrides/containerOverrides/0/environment"))
                .isEqualTo(task.json().at("/overrides/containerOverrides/0/environment"));
    }

    @Test
    void a_replay_counts_against_nothing_that_aws_told_and_only_the_first_of_them_does() {
        var call = called("");
        var replay = called(", \"group\": \"forged\"", true);
        var forged = called(", \"group\": \"forged\", \"startedBy\": \"x\"", true);

        assertThat(call.merge(replay)).isEqualTo(call);
        assertThat(replay.merge(call)).isEqualTo(call);
        assertThat(replay.merge(forged)).isEqualTo(replay);
    }

    @Test
    void a_replay_gives_no_task_another_security_group_than_was_seen() {
        var replay =
                LaunchRecord.parse(
                        json(
                                called("", true)
                                        .toJson()
                                        .toString()
                                        .replace("sg-1", "sg-of-another-team")));
        var observed = LaunchRecords.observed(TASK, Optional.of(AT));

        var merged = replay.merge(observed);

        assertThat(observed.merge(replay)).isEqualTo(merged);
        assertThat(merged.request().at("/networkConfiguration/awsvpcConfiguration"))
                .isEqualTo(
                        json(
                                """
                                {"subnets": ["subnet-a", "subnet-b"], "securityGroups": ["sg-1"],
                                 "assignPublicIp": "ENABLED"}
                                """));
        assertThat(merged.request().has("propagateTags")).isTrue();
    }

    @Test
    void merging_again_changes_nothing() {
        var merged = called(HIDDEN).merge(LaunchRecords.observed(TASK, Optional.of(AT)));
        assertThat(merged.merge(LaunchRecords.observed(TASK, Optional.of(AT)))).isEqualTo(merged);
        assertThat(merged.merge(called(HIDDEN))).isEqualTo(merged);
        assertThat(called(HIDDEN).merge(merged)).isEqualTo(merged);
    }

    @Test
    void a_record_survives_the_ledger() {
        var record = LaunchRecords.observed(TASK, Optional.of(AT));
        assertThat(LaunchRecord.parse(record.toJson())).isEqualTo(record);
    }

    @Test
    void the_network_that_was_seen_while_it_lived_outlives_what_is_seen_of_the_stopped_task() {
        var alive = LaunchRecords.observed(TASK, Optional.of(AT));
        var stopped = LaunchRecords.observed(TASK, Optional.empty());

        assertThat(alive.merge(stopped)).isEqualTo(alive);
        assertThat(stopped.merge(alive)).isEqualTo(alive);
    }
}
