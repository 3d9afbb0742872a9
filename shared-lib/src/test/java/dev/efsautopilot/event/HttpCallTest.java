package dev.efsautopilot.event;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.efsautopilot.json.Json;
import dev.efsautopilot.plan.Refusal;
import dev.efsautopilot.plan.Result;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HttpCallTest {

    private final ObjectNode event =
            Json.MAPPER
                    .createObjectNode()
                    .put("httpMethod", "POST")
                    .set("requestContext", Json.MAPPER.createObjectNode());

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "[]                          | body   | 400",
                "7                           | body   | 400",
                "{oops                       | body   | 400",
                "{\"a\":1} {}                | body   | 400",
                "{\"a\":1,\"a\":2}           | body   | 400",
                "{\"task\":\"x\"}            | task   | 400",
                "{\"dryRun\":\"yes\"}        | dryRun | 400",
                "{\"dryRun\":null}           | dryRun | 400",
                "{\"dryRun\":1}              | dryRun | 400"
            })
    void what_can_be_read_in_two_ways_is_refused_and_the_field_is_named(
            String body, String field, int status) {
        event.put("body", body).putObject("pathParameters").put("task", "abc");

        assertThat(refused().field()).isEqualTo(field);
        assertThat(refused().kind().status()).isEqualTo(status);
        assertThat(refused().remedy()).isNotBlank();
    }

    @Test
    void a_body_beyond_the_limit_is_too_large() {
        event.put("body", "{\"a\":\"" + "x".repeat(HttpCall.MOST_BYTES) + "\"}");

        assertThat(refused().kind().status()).isEqualTo(413);
    }

    @Test
    void a_query_parameter_that_is_given_twice_is_refused() {
        event.putObject("queryStringParameters").put("dryRun", "false");
        event.putObject("multiValueQueryStringParameters")
                .putArray("dryRun")
                .add("true")
                .add("false");

        assertThat(refused().field()).isEqualTo("dryRun");
    }

    @Test
    void a_parameter_of_the_query_is_taken_as_it_is() {
        var event = Json.MAPPER.createObjectNode();
        event.putObject("queryStringParameters").put("nextToken", "a%2Bb");

        assertThat(HttpCall.request(event))
                .isEqualTo(Result.ok(Json.MAPPER.createObjectNode().put("nextToken", "a%2Bb")));
    }

    @Test
    void a_path_parameter_is_decoded() {
        event.putObject("pathParameters").put("taskDefinition", "orders%3A7").put("task", "a+b");

        assertThat(Triggers.read(event))
                .isEqualTo(
                        Result.ok(
                                new Trigger.Asked(
                                        Json.MAPPER
                                                .createObjectNode()
                                                .put("taskDefinition", "orders:7")
                                                .put("task", "a+b"),
                                        false)));
    }

    private Refusal refused() {
        return ((Result.Refused<Trigger>) Triggers.read(event)).refusal();
    }
}
