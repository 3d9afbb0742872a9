package dev.efsautopilot.function;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import com.amazonaws.services.lambda.runtime.Context;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.efsautopilot.aws.Ledger;
import dev.efsautopilot.aws.LedgerInMemory;
import dev.efsautopilot.event.Trigger;
import dev.efsautopilot.json.Json;
import dev.efsautopilot.plan.NotYet;
import dev.efsautopilot.plan.Outcome;
import dev.efsautopilot.plan.Refusal;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** The header Idempotency-Key at the frame of every function that changes something. */
class OnceTest {

    private static final String ROLE = "arn:aws:sts::111122223333:assumed-role/";

    private final LedgerInMemory table = new LedgerInMemory();
    private final AtomicInteger done = new AtomicInteger();
    private Supplier<Outcome> work =
            () -> new Outcome.Done("wall", List.of(), Map.of("coat", done.incrementAndGet()));

    @Test
    void the_same_key_gives_the_same_answer_and_nothing_is_done_twice() throws IOException {
        var first = call(request("k", "{\"a\":1}"));
        var second = call(request("k", "{\"a\":1}"));

        assertThat(done).hasValue(1);
        assertThat(second).isEqualTo(first);
        assertThat(first.path("statusCode").asInt()).isEqualTo(200);
    }

    @Test
    void another_key_is_another_call_and_so_is_none() throws IOException {
        call(request("k", "{}"));
        call(request("l", "{}"));
        call(request("", "{}"));
        call(request("", "{}"));

        assertThat(done).hasValue(4);
    }

    @Test
    void a_key_that_belongs_to_another_request_is_refused() throws IOException {
        call(request("k", "{\"a\":1}"));

        var answer = call(request("k", "{\"a\":2}"));

        assertThat(answer.path("statusCode").asInt()).isEqualTo(422);
        assertThat(body(answer).path("field").textValue()).isEqualTo("Idempotency-Key");
        assertThat(done).hasValue(1);
    }

    @Test
    void a_key_whose_first_request_is_under_way_is_refused_meanwhile() throws IOException {
        work =
                () -> {
                    try {
                        var during = call(request("k", "{}"));
                        return new Outcome.Done(
                                "", List.of(), Map.of("during", during.path("statusCode")));
                    } catch (IOException e) {
                        throw new AssertionError(e);
                    }
                };

        assertThat(body(call(request("k", "{}"))).path("during").asInt()).isEqualTo(409);
    }

    @Test
    void what_failed_or_was_refused_may_be_asked_again() throws IOException {
        var asked = request("k", "{}");
        var real = work;
        work =
                () -> {
                    throw new NotYet("fs-1 is creating");
                };
        assertThat(call(asked).path("statusCode").asInt()).isEqualTo(503);
        work = () -> new Outcome.Refused("", Refusal.forbidden("fs-1", "not allowed", "allow it"));
        assertThat(call(asked).path("statusCode").asInt()).isEqualTo(403);

        work = real;
        assertThat(call(asked).path("statusCode").asInt()).isEqualTo(200);
        assertThat(call(asked).path("statusCode").asInt()).isEqualTo(200);
        assertThat(done).hasValue(1);
    }

    @Test
    void a_dry_run_keeps_nothing() throws IOException {
        call(request("k", "{\"dryRun\":true}"));

        assertThat(table.bodies()).isEqualTo("[]");
    }

    @Test
    void a_key_of_one_caller_says_nothing_to_another_and_sessions_of_a_role_are_one()
            throws IOException {
        call(by(ROLE + "painter/monday", request("k", "{}")));
        call(by(ROLE + "painter/tuesday", request("k", "{}")));
        assertThat(done).hasValue(1);

        call(by(ROLE + "sculptor/monday", request("k", "{}")));
        assertThat(done).hasValue(2);
    }

    private static ObjectNode request(String key, String body) {
        var event =
                Json.MAPPER
                        .createObjectNode()
                        .put("httpMethod", "POST")
                        .put("path", "/walls")
                        .put("body", body);
        event.putObject("requestContext");
        event.putObject("headers").put("idempotency-key", key);
        return event;
    }

    private static ObjectNode by(String caller, ObjectNode event) {
        event.withObject("/requestContext/identity").put("userArn", caller);
        return event;
    }

    private static JsonNode body(JsonNode answer) throws IOException {
        return Json.MAPPER.readTree(answer.path("body").textValue());
    }

    private JsonNode call(JsonNode event) throws IOException {
        var ledger = table.ledger();
        var function =
                new LambdaFunction() {
                    @Override
                    protected Outcome on(Trigger trigger) {
                        return work.get();
                    }

                    @Override
                    protected Optional<Ledger> answers() {
                        return Optional.of(ledger);
                    }
                };
        var context = mock(Context.class);
        when(context.getFunctionName()).thenReturn("painter");
        when(context.getAwsRequestId()).thenReturn("r-1");
        var output = new ByteArrayOutputStream();
        function.handleRequest(
                new ByteArrayInputStream(event.toString().getBytes(StandardCharsets.UTF_8)),
                output,
                context);
        return Json.MAPPER.readTree(output.toByteArray());
    }
}
