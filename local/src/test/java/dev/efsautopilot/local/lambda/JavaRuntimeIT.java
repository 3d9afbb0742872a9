package dev.efsautopilot.local.lambda;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A real JVM under the real runtime interface client. */
@Timeout(60)
final class JavaRuntimeIT {

    private static final Path LOCAL = Path.of(System.getProperty("autopilot.root"), "local");

    @TempDir private Path folder;

    private final BlockingQueue<String> lines = new LinkedBlockingQueue<>();
    private FunctionServer server;

    @BeforeEach
    void start() {
        FunctionLogs logs = new FunctionLogs(folder.resolve("logs"));
        logs.listen((_, line) -> lines.add(line));
        RuntimeClient client = RuntimeClient.unpack(LOCAL.resolve("target/runtime"), folder);
        JavaRuntime.Home home =
                new JavaRuntime.Home(LOCAL.resolve("target/test-classes"), "ASIALOCALECHOXXXXXXX");
        JavaRuntime runtime = new JavaRuntime(client, "eu-west-1", Map.of("echo", home), logs);
        server = FunctionServer.start(JavaRuntimeIT::echo, runtime, logs, new KeptEvents(), 1);
    }

    @AfterEach
    void stop() {
        server.close();
        assertThat(ProcessHandle.current().children().filter(this::isFunction)).isEmpty();
    }

    @Test
    void a_function_runs_as_deployed_and_as_itself() throws Exception {
        HttpResponse<String> answer = invoke("{\"a\":1}");

        JsonNode told = new ObjectMapper().readTree(answer.body());
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(told.at("/event/a").asInt()).isEqualTo(1);
        assertThat(told.path("key").asText()).isEqualTo("ASIALOCALECHOXXXXXXX");
        assertThat(told.path("name").asText()).isEqualTo("echo");
        assertThat(told.path("word").asText()).isEqualTo("deployed");
        assertThat(told.path("remaining").asInt()).isBetween(1, 20_000);
        assertThat(lines.poll(10, TimeUnit.SECONDS)).contains("platform.initReport");
    }

    @Test
    void what_the_handler_throws_is_the_error() throws Exception {
        HttpResponse<String> answer = invoke("\"fail\"");

        assertThat(answer.statusCode()).isEqualTo(500);
        assertThat(answer.body()).contains("IllegalStateException", "as asked");
    }

    private HttpResponse<String> invoke(String event) throws Exception {
        HttpRequest request =
                HttpRequest.newBuilder(server.invocationUri("echo"))
                        .POST(BodyPublishers.ofString(event))
                        .build();
        try (HttpClient http = HttpClient.newHttpClient()) {
            return http.send(request, BodyHandlers.ofString());
        }
    }

    private static FunctionSpec echo(FunctionVersion wanted) {
        return new FunctionSpec(
                wanted.name(),
                wanted.version(),
                "arn:aws:lambda:eu-west-1:000000000000:function:echo",
                "arn:aws:iam::000000000000:role/echo",
                EchoFunction.class.getName(),
                Duration.ofSeconds(20),
                256,
                Map.of("WORD", "deployed"));
    }

    /** Whether it has this test's library: other tests have functions too. */
    private boolean isFunction(ProcessHandle process) {
        return process.info().commandLine().orElse("").contains(folder.toString());
    }
}
