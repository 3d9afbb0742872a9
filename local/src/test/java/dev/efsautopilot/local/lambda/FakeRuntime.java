package dev.efsautopilot.local.lambda;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.UnaryOperator;

/** A runtime client that speaks real HTTP, and a process that ends when it is told. */
final class FakeRuntime implements Sandbox {

    /** What a client does from its start to its end; its return is the exit status. */
    @FunctionalInterface
    interface Script {
        int run(FakeRuntime runtime) throws IOException, InterruptedException;
    }

    private final HttpClient http = HttpClient.newHttpClient();
    private final CompletableFuture<Integer> ended = new CompletableFuture<>();
    private final String api;
    private final Thread thread;

    private FakeRuntime(String api, Script script) {
        this.api = api;
        this.thread = Thread.ofVirtual().unstarted(() -> run(script));
    }

    static Sandbox.Launcher playing(Script script) {
        return (_, api) -> {
            FakeRuntime runtime = new FakeRuntime(api, script);
            runtime.thread.start();
            return runtime;
        };
    }

    /** Answers every event with what {@code answer} makes of it. */
    static Sandbox.Launcher answering(UnaryOperator<String> answer) {
        return playing(runtime -> {
            while (true) {
                HttpResponse<String> event = runtime.next();
                runtime.post("invocation/" + id(event) + "/response", answer.apply(event.body()));
            }
        });
    }

    /** Fails on every event. */
    static Sandbox.Launcher failing() {
        return playing(runtime -> {
            while (true) {
                String id = id(runtime.next());
                runtime.post("invocation/" + id + "/error", "{\"errorType\":\"Broken\"}");
            }
        });
    }

    static String id(HttpResponse<String> event) {
        return header(event, "Lambda-Runtime-Aws-Request-Id");
    }

    static String header(HttpResponse<String> event, String name) {
        return event.headers().firstValue(name).orElse("");
    }

    HttpResponse<String> next() throws IOException, InterruptedException {
        return send(HttpRequest.newBuilder(uri("invocation/next")).build());
    }

    HttpResponse<String> post(String path, String body) throws IOException, InterruptedException {
        return send(HttpRequest.newBuilder(uri(path)).POST(BodyPublishers.ofString(body)).build());
    }

    private HttpResponse<String> send(HttpRequest request)
            throws IOException, InterruptedException {
        return http.send(request, BodyHandlers.ofString());
    }

    private URI uri(String path) {
        return URI.create("http://" + api + "/2018-06-01/runtime/" + path);
    }

    private void run(Script script) {
        try {
            ended.complete(script.run(this));
        } catch (IOException e) {
            ended.complete(1);
        } catch (InterruptedException e) {
            ended.complete(137);
        }
    }

    @Override
    public void kill() {
        thread.interrupt();
    }

    @Override
    public CompletionStage<Integer> ended() {
        return ended;
    }
}
