package dev.efsautopilot.function;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import com.amazonaws.services.lambda.runtime.Context;
import com.fasterxml.jackson.databind.JsonNode;
import dev.efsautopilot.event.Trigger;
import dev.efsautopilot.json.Json;
import dev.efsautopilot.plan.NotYet;
import dev.efsautopilot.plan.Outcome;
import dev.efsautopilot.plan.Refusal;
import dev.efsautopilot.plan.Step;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LambdaFunctionTest {

    private static final String HTTP = "{\"httpMethod\":\"POST\",\"requestContext\":{}}";

    private record Paint(String colour, String why) implements Step {}

    @Test
    void a_direct_invoke_gets_the_outcome_with_its_steps_by_name() throws IOException {
        var answer = answer("{}", _ -> done());

        assertThat(answer)
                .isEqualTo(
                        Json.MAPPER.readTree(
                                """
                                {"subject":"wall","outcome":"done","coats":2,
                                 "steps":[{"step":"Paint","colour":"red","why":"it was grey"}]}
                                """));
    }

    @Test
    void an_http_call_gets_the_same_as_its_body() throws IOException {
        var answer = answer(HTTP, _ -> done());

        assertThat(answer.path("statusCode").asInt()).isEqualTo(200);
        assertThat(Json.MAPPER.readTree(answer.path("body").textValue()))
                .isEqualTo(answer("{}", _ -> done()));
    }

    @Test
    void a_refusal_over_http_is_a_problem_that_names_field_and_remedy() throws IOException {
        var refusal = Refusal.forbidden("fs-1", "its owner did not opt in", "tag it");

        var answer = answer(HTTP, _ -> new Outcome.Refused("wall", refusal));

        assertThat(answer.path("statusCode").asInt()).isEqualTo(403);
        assertThat(answer.path("headers").path("Content-Type").textValue())
                .isEqualTo("application/problem+json");
        assertThat(Json.MAPPER.readTree(answer.path("body").textValue()))
                .contains(
                        Json.MAPPER.getNodeFactory().textNode("fs-1"),
                        Json.MAPPER.getNodeFactory().textNode("tag it"));
    }

    @Test
    void a_failure_is_thrown_so_that_lambda_retries() {
        assertThatThrownBy(() ->
                        answer(
                                "{}",
                                _ -> {
                                    throw new NotYet("fs-1 is creating");
                                }))
                .isInstanceOf(NotYet.class);
    }

    @Test
    void over_http_a_failure_that_passes_is_answered_with_503() throws IOException {
        var answer =
                answer(
                        HTTP,
                        _ -> {
                            throw new NotYet("fs-1 is creating");
                        });

        assertThat(answer.path("statusCode").asInt()).isEqualTo(503);
    }

    @Test
    void a_payload_that_is_no_json_reaches_the_function_as_unrecognised() throws IOException {
        var answer =
                answer(
                        "{oops",
                        trigger -> new Outcome.Ignored("", trigger.getClass().getSimpleName()));

        assertThat(answer.path("why").textValue()).isEqualTo("Unrecognised");
    }

    @ParameterizedTest
    @CsvSource({
        "arn:aws:ecs:eu-west-1:111122223333:task/prod/abc, 200",
        "arn:aws:iam::111122223333:role/x, 200",
        "abc, 200",
        "arn:aws:ecs:eu-west-1:999988887777:task/prod/abc, 403",
        "arn:aws:ecs:us-east-1:111122223333:task/prod/abc, 404"
    })
    void what_is_elsewhere_by_its_arn_never_reaches_the_function(String task, int status)
            throws IOException {
        var reached = new AtomicBoolean();
        var call =
                Json.MAPPER
                        .createObjectNode()
                        .put("httpMethod", "POST")
                        .put("body", "{\"tasks\":[\"" + task + "\"]}");
        call.putObject("requestContext");

        var answer =
                answer(
                        call.toString(),
                        _ -> {
                            reached.set(true);
                            return done();
                        });

        assertThat(answer.path("statusCode").asInt()).isEqualTo(status);
        assertThat(reached.get()).isEqualTo(status == 200);
    }

    @Test
    void a_body_that_is_no_json_never_reaches_the_function() throws IOException {
        var call = "{\"httpMethod\":\"POST\",\"requestContext\":{},\"body\":\"{oops\"}";

        var answer =
                answer(
                        call,
                        _ -> {
                            throw new AssertionError("it was reached");
                        });

        assertThat(answer.path("statusCode").asInt()).isEqualTo(400);
        var problem = Json.MAPPER.readTree(answer.path("body").textValue());
        assertThat(problem.path("title").textValue()).isEqualTo("Bad Request");
        assertThat(problem.path("field").textValue()).isEqualTo("body");
    }

    private static Outcome done() {
        return new Outcome.Done(
                "wall", List.of(new Paint("red", "it was grey")), Map.of("coats", 2));
    }

    private static JsonNode answer(String payload, Function<Trigger, Outcome> on)
            throws IOException {
        var function =
                new LambdaFunction() {
                    @Override
                    protected Outcome on(Trigger trigger) {
                        return on.apply(trigger);
                    }
                };
        var context = mock(Context.class);
        when(context.getFunctionName()).thenReturn("painter");
        when(context.getAwsRequestId()).thenReturn("r-1");
        when(context.getInvokedFunctionArn())
                .thenReturn("arn:aws:lambda:eu-west-1:111122223333:function:painter:live");
        var output = new ByteArrayOutputStream();
        function.handleRequest(
                new ByteArrayInputStream(payload.getBytes(StandardCharsets.UTF_8)),
                output,
                context);
        return Json.MAPPER.readTree(output.toByteArray());
    }
}
