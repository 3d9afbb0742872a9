package dev.efsautopilot.event;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.efsautopilot.json.Json;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TriggersTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Accept | image/svg+xml | true",
                "accept | text/html, image/svg+xml;q=0.9, */* | true",
                "accept | application/json, image/svg+xml | false",
                "accept | */* | false",
                "Content-Type | image/svg+xml | false"
            })
    void a_picture_is_for_who_names_it_before_json(String header, String value, boolean wanted) {
        var event = Json.MAPPER.createObjectNode().put("httpMethod", "GET");
        event.putObject("requestContext");
        event.putObject("headers").put(header, value);

        assertThat(Triggers.prefers(event, "image/svg+xml")).isEqualTo(wanted);
        event.remove("httpMethod");
        assertThat(Triggers.prefers(event, "image/svg+xml")).isFalse();
    }

    @Test
    void a_task_event_is_read_with_its_network_interface() {
        var trigger =
                parse(
                        """
                        {"detail-type":"ECS Task State Change","source":"aws.ecs","id":"1","detail":{
                          "taskArn":"arn:aws:ecs:eu-west-1:123456789012:task/prod/abc","lastStatus":"RUNNING",
                          "version":4,"group":"family:orders","newField":{"a":1},
                          "containers":[{"name":"app","exitCode":137,"reason":"OutOfMemoryError: x"},{"name":"side"}],
                          "attachments":[{"type":"eni","details":[{"name":"networkInterfaceId","value":"eni-1"}]}]}}
                        """);

        assertThat(trigger)
                .isInstanceOfSatisfying(
                        Trigger.TaskChanged.class,
                        changed -> {
                            assertThat(changed.task().id()).isEqualTo("abc");
                            assertThat(changed.task().version()).isEqualTo(4);
                            assertThat(changed.task().ofService()).isFalse();
                            assertThat(changed.task().networkInterfaceId()).contains("eni-1");
                            assertThat(changed.task().containers().getFirst().exitCode())
                                    .hasValue(137);
                            assertThat(changed.task().containers().getLast().exitCode()).isEmpty();
                        });
    }

    @Test
    void an_api_call_is_read_with_its_error_and_its_caller() {
        var trigger =
                parse(
                        """
                        {"detail-type":"AWS API Call via CloudTrail","detail":{
                          "eventSource":"ecs.amazonaws.com","eventName":"RegisterTaskDefinition",
                          "eventTime":"2026-01-02T03:04:05Z","errorCode":"ClientException",
                          "userIdentity":{"sessionContext":{"sessionIssuer":{"arn":"arn:aws:iam::1:role/r"}}},
                          "requestParameters":{"family":"orders"},"responseElements":null}}
                        """);

        assertThat(trigger)
                .isEqualTo(
                        new Trigger.ApiCalled(
                                new ApiCall(
                                        "ecs.amazonaws.com",
                                        "RegisterTaskDefinition",
                                        Instant.parse("2026-01-02T03:04:05Z"),
                                        Optional.of("ClientException"),
                                        Optional.of("arn:aws:iam::1:role/r"),
                                        Json.MAPPER.createObjectNode().put("family", "orders"),
                                        Json.MAPPER.createObjectNode(),
                                        true)));
    }

    @Test
    void path_and_query_parameters_of_an_http_call_join_its_body() {
        var trigger =
                parse(
                        """
                        {"httpMethod":"POST","requestContext":{},"body":"{\\"reason\\":\\"y\\"}",
                         "pathParameters":{"task":"abc"},"queryStringParameters":{"dryRun":"true"}}
                        """);

        assertThat(trigger)
                .isEqualTo(
                        new Trigger.Asked(
                                Json.MAPPER
                                        .createObjectNode()
                                        .put("reason", "y")
                                        .put("task", "abc"),
                                true));
    }

    @Test
    void a_body_that_is_no_json_is_not_recognised() {
        assertThat(parse("{\"httpMethod\":\"POST\",\"requestContext\":{},\"body\":\"{oops\"}"))
                .isInstanceOf(Trigger.Unrecognised.class);
    }

    @Test
    void the_event_of_a_recurring_schedule_is_read() {
        assertThat(
                        parse(
                                "{\"detail-type\":\"Scheduled Event\",\"source\":\"aws.scheduler\",\"detail\":\"{}\"}"))
                .isEqualTo(new Trigger.Scheduled());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "null",
                "[]",
                "7",
                "{\"detail-type\":7,\"detail\":{}}",
                "{\"detail-type\":\"ECS Task State Change\",\"detail\":[]}",
                "{\"detail-type\":\"ECS Task State Change\",\"detail\":{\"taskArn\":{}}}",
                "{\"httpMethod\":\"POST\",\"requestContext\":{},\"body\":\"[]\"}"
            })
    void what_nobody_sends_is_not_recognised_and_throws_nothing(String payload) {
        assertThat(parse(payload)).isInstanceOf(Trigger.Unrecognised.class);
    }

    private static Trigger parse(String json) {
        try {
            return Triggers.parse(Json.MAPPER.readTree(json));
        } catch (JsonProcessingException e) {
            throw new AssertionError(e);
        }
    }
}
