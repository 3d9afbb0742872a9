package dev.efsautopilot.local.gap;

import static org.assertj.core.api.Assertions.assertThat;

import dev.efsautopilot.local.call.AwsCall;
import dev.efsautopilot.local.call.Json;
import dev.efsautopilot.local.call.Response;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class RunTaskClientTokenTest {
    private final RunTaskClientToken gap = new RunTaskClientToken();
    private final AtomicInteger made = new AtomicInteger();

    @Test
    void the_same_request_gives_the_same_tasks() {
        var first = run("{\"clientToken\":\"a\",\"cluster\":\"c\"}");
        var second = run("{\"clientToken\":\"a\",\"cluster\":\"c\"}");

        assertThat(second.document()).isEqualTo(first.document());
        assertThat(made).hasValue(1);
    }

    @Test
    void another_request_with_the_token_is_a_conflict_that_names_the_tasks() {
        run("{\"clientToken\":\"a\",\"cluster\":\"c\"}");
        var other = run("{\"clientToken\":\"a\",\"cluster\":\"c\",\"count\":2}");

        assertThat(other.errorCode()).isEqualTo("ConflictException");
        assertThat(other.document().at("/resourceIds/0").asText()).isEqualTo("task-1");
    }

    @Test
    void a_token_holds_within_its_cluster() {
        run("{\"clientToken\":\"a\",\"cluster\":\"c\"}");
        run("{\"clientToken\":\"a\",\"cluster\":\"d\"}");

        assertThat(made).hasValue(2);
    }

    @Test
    void a_request_that_failed_may_be_made_again() {
        var refused =
                gap.answer(call("{\"clientToken\":\"a\"}"), it -> Response.jsonError("X", ""));
        var again = run("{\"clientToken\":\"a\"}");

        assertThat(refused.ok()).isFalse();
        assertThat(again.ok()).isTrue();
    }

    @Test
    void requests_at_the_same_time_are_one() throws Exception {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Callable<Response> request = () -> run("{\"clientToken\":\"a\"}");
            for (var answer :
                    threads.invokeAll(Stream.generate(() -> request).limit(20).toList())) {
                assertThat(answer.get().ok()).isTrue();
            }
        }
        assertThat(made).hasValue(1);
    }

    private Response run(String parameters) {
        return gap.answer(call(parameters), it -> answer());
    }

    private Response answer() {
        var answer = Json.object();
        answer.putArray("tasks").addObject().put("taskArn", "task-" + made.incrementAndGet());
        return Response.json(200, answer);
    }

    private static AwsCall call(String parameters) {
        return Calls.json("ecs", "RunTask", parameters);
    }
}
