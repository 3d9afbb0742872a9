package dev.efsautopilot.local.stack;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;

/** The emulator's process: loopback only, nothing kept on disk, never Docker. */
final class MiniStack implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration PAUSE = Duration.ofMillis(100);

    /** Its standard input is a pipe from us: its end is our end, however we end. */
    private static final String TIED_TO_US =
            """
            import os, runpy, sys, threading
            def watch():
                sys.stdin.read()
                os._exit(0)
            threading.Thread(target=watch, daemon=True).start()
            sys.argv = ["ministack"]
            runpy.run_module("ministack", run_name="__main__")
            """;

    private final URI endpoint;
    private final Path log;
    private final Child process;

    private MiniStack(URI endpoint, Path log, Child process) {
        this.endpoint = endpoint;
        this.log = log;
        this.process = process;
    }

    /**
     * Starts it; {@link #awaitReady} tells when it answers.
     *
     * @param endpoint where it is to listen, on a free port
     * @param invocationUris where the invocations of each function go, by the function's name
     */
    static MiniStack start(
            Workspace workspace, URI endpoint, String region, Map<String, URI> invocationUris) {
        Map<String, String> environment = new HashMap<>();
        environment.put("BIND_HOST", "127.0.0.1");
        environment.put("GATEWAY_PORT", Integer.toString(endpoint.getPort()));
        environment.put("MINISTACK_REGION", region);
        environment.put("IOT_MTLS_ENABLED", "0");
        environment.put("SFTP_ENABLED", "0");
        environment.put("PERSIST_STATE", "0");
        environment.put("S3_PERSIST", "0");
        environment.put("LOCALSTACK_PERSISTENCE", "0");
        environment.put("DOCKER_HOST", "unix://" + workspace.scratch().resolve("no-docker"));
        environment.put("TMPDIR", workspace.scratch().toString());
        environment.put("STATE_DIR", workspace.scratch().resolve("state").toString());
        environment.put("S3_DATA_DIR", workspace.scratch().resolve("s3").toString());
        environment.put("PYTHONDONTWRITEBYTECODE", "1");
        invocationUris.forEach(
                (name, uri) -> environment.put("MINISTACK_LAMBDA_PROXY_" + name, uri.toString()));
        Path log = workspace.logs().resolve("ministack.log");
        Child process =
                Child.start(
                        List.of(workspace.python().toString(), "-c", TIED_TO_US),
                        workspace.run(),
                        environment,
                        log);
        return new MiniStack(endpoint, log, process);
    }

    void awaitReady() {
        Instant deadline = Instant.now().plus(PATIENCE);
        try (HttpClient http = HttpClient.newHttpClient()) {
            while (!answers(http)) {
                if (!process.alive() || Instant.now().isAfter(deadline)) {
                    close();
                    throw new StartFailure("MiniStack did not start; its last words are in " + log);
                }
                LockSupport.parkNanos(PAUSE.toNanos());
            }
        }
    }

    private boolean answers(HttpClient http) {
        var request =
                HttpRequest.newBuilder(endpoint.resolve("/_ministack/ready"))
                        .timeout(Duration.ofSeconds(2))
                        .build();
        try {
            return http.send(request, BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            close();
            throw new StartFailure("interrupted", e);
        }
    }

    @Override
    public void close() {
        process.close();
    }
}
