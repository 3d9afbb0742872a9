package dev.efsautopilot.local.lambda;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(30)
final class FunctionServerTest {

    private static final String ARN = "arn:aws:lambda:eu-west-1:000000000000:function:echo";

    @TempDir private Path folder;

    private final HttpClient http = HttpClient.newHttpClient();
    private final KeptEvents failures = new KeptEvents();
    private final CompletableFuture<FunctionServer> started = new CompletableFuture<>();

    @AfterEach
    void stop() {
        if (started.isDone()) {
            started.join().close();
        }
    }

    @Test
    void a_result_is_a_200_with_what_the_handler_returned() throws Exception {
        serve(FakeRuntime.answering(event -> "got " + event), 1, Duration.ofSeconds(5));

        HttpResponse<String> answer = invoke("echo", "{\"a\":\"ü\"}");

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).isEqualTo("got {\"a\":\"ü\"}");
    }

    @Test
    void an_event_comes_with_its_id_its_deadline_its_arn_and_its_trace() throws Exception {
        BlockingQueue<HttpResponse<String>> events = new LinkedBlockingQueue<>();
        Instant before = Instant.now();
        serve(
                FakeRuntime.playing(runtime -> {
                    HttpResponse<String> event = runtime.next();
                    events.add(event);
                    runtime.post("invocation/" + FakeRuntime.id(event) + "/response", "1");
                    return 0;
                }),
                1,
                Duration.ofSeconds(60));

        invoke("echo", "{}", "X-Amzn-Lambda-Request-Id", "r-1", "X-Amzn-Trace-Id", "Root=1-2-3");

        HttpResponse<String> event = events.take();
        assertThat(FakeRuntime.id(event)).isEqualTo("r-1");
        assertThat(FakeRuntime.header(event, "Lambda-Runtime-Invoked-Function-Arn")).isEqualTo(ARN);
        assertThat(FakeRuntime.header(event, "Lambda-Runtime-Trace-Id")).isEqualTo("Root=1-2-3");
        long deadline = Long.parseLong(FakeRuntime.header(event, "Lambda-Runtime-Deadline-Ms"));
        assertThat(Instant.ofEpochMilli(deadline))
                .isBetween(before.plusSeconds(59), Instant.now().plusSeconds(61));
    }

    @Test
    void an_error_of_the_handler_is_a_500_with_its_json() throws Exception {
        serve(
                FakeRuntime.playing(runtime -> {
                    String id = FakeRuntime.id(runtime.next());
                    runtime.post("invocation/" + id + "/error", "{\"errorType\":\"Throttled\"}");
                    runtime.next();
                    return 0;
                }),
                1,
                Duration.ofSeconds(5));

        HttpResponse<String> answer = invoke("echo", "{}");

        assertThat(answer.statusCode()).isEqualTo(500);
        assertThat(answer.body()).isEqualTo("{\"errorType\":\"Throttled\"}");
    }

    @Test
    void a_late_handler_is_killed_and_the_next_event_gets_a_new_process() throws Exception {
        AtomicInteger starts = new AtomicInteger();
        serve(
                FakeRuntime.playing(runtime -> {
                    int start = starts.incrementAndGet();
                    String id = FakeRuntime.id(runtime.next());
                    if (start == 1) {
                        new CountDownLatch(1).await();
                    }
                    runtime.post("invocation/" + id + "/response", "\"second\"");
                    runtime.next();
                    return 0;
                }),
                1,
                Duration.ofMillis(200));

        HttpResponse<String> late = invoke("echo", "{}");
        HttpResponse<String> next = invoke("echo", "{}");

        assertThat(late.statusCode()).isEqualTo(500);
        assertThat(late.body()).contains("Sandbox.Timedout", "Task timed out after 0.20 seconds");
        assertThat(next.body()).isEqualTo("\"second\"");
        assertThat(starts).hasValue(2);
    }

    @Test
    void a_process_that_ends_with_an_event_in_hand_is_an_exit_error() throws Exception {
        serve(
                FakeRuntime.playing(runtime -> {
                    runtime.next();
                    return 3;
                }),
                1,
                Duration.ofSeconds(5));

        HttpResponse<String> answer = invoke("echo", "{}");

        assertThat(answer.statusCode()).isEqualTo(500);
        assertThat(answer.body())
                .contains("Runtime.ExitError", "Runtime exited with error: exit status 3");
    }

    @Test
    void an_error_at_init_is_the_answer_to_the_event_that_made_it_start() throws Exception {
        serve(
                FakeRuntime.playing(runtime -> {
                    runtime.post("init/error", "{\"errorType\":\"Function.NoClass\"}");
                    return 1;
                }),
                1,
                Duration.ofSeconds(5));

        assertThat(invoke("echo", "{}").body()).isEqualTo("{\"errorType\":\"Function.NoClass\"}");
        assertThat(invoke("echo", "{}").statusCode()).isEqualTo(500);
    }

    @Test
    void an_answer_to_another_event_is_refused() throws Exception {
        BlockingQueue<Integer> statuses = new LinkedBlockingQueue<>();
        serve(
                FakeRuntime.playing(runtime -> {
                    String id = FakeRuntime.id(runtime.next());
                    statuses.add(runtime.post("invocation/other/response", "1").statusCode());
                    statuses.add(runtime.post("invocation/" + id + "/response", "2").statusCode());
                    statuses.add(runtime.post("nonsense", "").statusCode());
                    return 0;
                }),
                1,
                Duration.ofSeconds(5));

        assertThat(invoke("echo", "{}").body()).isEqualTo("2");
        assertThat(statuses.take()).isEqualTo(400);
        assertThat(statuses.take()).isEqualTo(202);
        assertThat(statuses.take()).isEqualTo(404);
    }

    @Test
    void a_second_process_starts_when_an_event_waits_and_never_a_third() throws Exception {
        CountDownLatch bothAtWork = new CountDownLatch(2);
        AtomicInteger starts = new AtomicInteger();
        serve(
                FakeRuntime.playing(runtime -> {
                    starts.incrementAndGet();
                    while (true) {
                        String id = FakeRuntime.id(runtime.next());
                        bothAtWork.countDown();
                        bothAtWork.await();
                        runtime.post("invocation/" + id + "/response", "1");
                    }
                }),
                2,
                Duration.ofSeconds(20));

        List<CompletableFuture<String>> answers =
                IntStream.range(0, 6).mapToObj(_ -> invokeAsync("echo", "{}")).toList();

        assertThat(answers).allSatisfy(answer -> assertThat(answer.join()).isEqualTo("1"));
        assertThat(starts).hasValue(2);
    }

    @Test
    void a_function_that_is_not_deployed_is_told() throws Exception {
        serve(FakeRuntime.answering(event -> event), 1, Duration.ofSeconds(5));

        HttpResponse<String> answer = invoke("nobody", "{}");

        assertThat(answer.statusCode()).isEqualTo(500);
        assertThat(answer.body()).contains("ResourceNotFoundException", "nobody");
    }

    @Test
    void the_log_tells_how_long_it_took_to_initialise_and_to_answer() throws Exception {
        serve(FakeRuntime.answering(event -> event), 1, Duration.ofSeconds(5));

        invoke("echo", "{}", "X-Amzn-Lambda-Request-Id", "r-9");

        assertThat(Files.readString(folder.resolve("echo.log")))
                .contains("platform.initReport", "durationMs")
                .contains("platform.report", "\"requestId\":\"r-9\",\"status\":\"success\"");
    }

    @Test
    void an_event_that_fails_is_tried_again_and_then_kept() throws Exception {
        serve(FakeRuntime.failing(), 1, Duration.ofSeconds(5));

        HttpResponse<String> answer = event("{\"detail-type\":\"X\"}");

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(failures.take())
                .contains("\"approximateInvokeCount\":3")
                .contains("\"requestPayload\":{\"detail-type\":\"X\"}")
                .contains("\"responsePayload\":{\"errorType\":\"Broken\"}");
    }

    @Test
    void api_gateway_waits_for_its_answer() throws Exception {
        serve(FakeRuntime.failing(), 1, Duration.ofSeconds(5));

        assertThat(event("{\"httpMethod\":\"GET\"}").statusCode()).isEqualTo(500);
        assertThat(failures.isEmpty()).isTrue();
    }

    /** As EventBridge and API Gateway call: by the version. */
    private HttpResponse<String> event(String event) throws Exception {
        return invoke(
                "echo",
                event,
                "X-Amzn-Lambda-Function-Version",
                "1",
                "X-Amzn-Lambda-Function-Arn",
                ARN + ":1");
    }

    private void serve(Sandbox.Launcher launcher, int concurrency, Duration timeout) {
        FunctionCatalog catalog =
                wanted -> {
                    if (!wanted.name().equals("echo")) {
                        throw new UnknownFunctionException(wanted, "not found");
                    }
                    return new FunctionSpec(
                            "echo", "1", ARN, "arn:role", "a.B", timeout, 128, Map.of());
                };
        started.complete(
                new FunctionServer(
                        catalog, launcher, new FunctionLogs(folder), failures, concurrency));
    }

    private HttpResponse<String> invoke(String function, String event, String... headers)
            throws Exception {
        return http.send(request(function, event, headers), BodyHandlers.ofString());
    }

    private CompletableFuture<String> invokeAsync(String function, String event) {
        return http.sendAsync(request(function, event), BodyHandlers.ofString())
                .thenApply(HttpResponse::body)
                .orTimeout(25, TimeUnit.SECONDS);
    }

    private HttpRequest request(String function, String event, String... headers) {
        URI uri = started.join().invocationUri(function);
        var builder = HttpRequest.newBuilder(uri).POST(BodyPublishers.ofString(event));
        return headers.length == 0 ? builder.build() : builder.headers(headers).build();
    }
}
