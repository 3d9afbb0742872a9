package dev.efsautopilot.local.lambda;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.Executors;

/**
 * The Lambda Runtime API (2018-06-01) over HTTP, on a loopback port of its own for each process: a
 * port is the only thing that tells two unmodified runtime clients apart.
 *
 * @see <a href="https://docs.aws.amazon.com/lambda/latest/dg/runtimes-api.html">Using the Lambda
 *     runtime API</a>
 */
final class RuntimeApi implements AutoCloseable {

    private static final String RUNTIME = "/2018-06-01/runtime/";
    private static final String ACCEPTED = "{\"status\":\"OK\"}";

    /** What is behind the API: whoever gives the process its events. */
    interface Turns {

        /** The process is ready for SnapStart's snapshot, and goes on from it at once. */
        void restored();

        /** The process asks for its next event, and waits for it here. */
        Environment.Turn next() throws InterruptedException;

        /** Whether this was the answer to the invocation at hand. */
        boolean finished(String requestId, Result result);

        /** The runtime client could not make a handler; it exits next. */
        void initFailed(String error);
    }

    private final Turns environment;
    private final HttpServer server;

    RuntimeApi(Turns environment) {
        this.environment = environment;
        try {
            server =
                    HttpServer.create(
                            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException("no loopback port for the Runtime API", e);
        }
        server.createContext(RUNTIME, this::answer);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.start();
    }

    /** {@code host:port}, the value of {@code AWS_LAMBDA_RUNTIME_API}. */
    String address() {
        return "127.0.0.1:" + server.getAddress().getPort();
    }

    @Override
    public void close() {
        server.stop(0);
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            String body = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
            String path = exchange.getRequestURI().getPath().substring(RUNTIME.length());
            switch (List.of(path.split("/", -1))) {
                case List<String> p when p.equals(List.of("invocation", "next")) -> next(exchange);
                case List<String> p when p.equals(List.of("restore", "next")) -> {
                    environment.restored();
                    reply(exchange, 200, "");
                }
                case List<String> p
                        when p.equals(List.of("init", "error"))
                                || p.equals(List.of("restore", "error")) -> {
                    environment.initFailed(body);
                    reply(exchange, 202, ACCEPTED);
                }
                case List<String> p when p.size() == 3 && p.getLast().equals("response") ->
                        finish(exchange, p.get(1), new Result.Returned(body));
                case List<String> p when p.size() == 3 && p.getLast().equals("error") ->
                        finish(exchange, p.get(1), new Result.Failed(body));
                case List<String> _ -> reply(exchange, 404, error("InvalidPath", path));
            }
        }
    }

    private void next(HttpExchange exchange) throws IOException {
        try {
            Environment.Turn turn = environment.next();
            var headers = exchange.getResponseHeaders();
            headers.set("Lambda-Runtime-Aws-Request-Id", turn.invocation().requestId());
            headers.set(
                    "Lambda-Runtime-Deadline-Ms", Long.toString(turn.deadline().toEpochMilli()));
            headers.set("Lambda-Runtime-Invoked-Function-Arn", turn.functionArn());
            if (!turn.invocation().traceId().isEmpty()) {
                headers.set("Lambda-Runtime-Trace-Id", turn.invocation().traceId());
            }
            reply(exchange, 200, turn.invocation().payload());
        } catch (InterruptedException e) {
            // The process behind this request has ended: nobody is there to be answered.
            Thread.currentThread().interrupt();
        }
    }

    private void finish(HttpExchange exchange, String requestId, Result result) throws IOException {
        if (environment.finished(requestId, result)) {
            reply(exchange, 202, ACCEPTED);
        } else {
            reply(exchange, 400, error("InvalidRequestID", requestId));
        }
    }

    private static String error(String type, String what) {
        return "{\"errorType\":\"" + type + "\",\"errorMessage\":\"" + type + ": " + what + "\"}";
    }

    private static void reply(HttpExchange exchange, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
        exchange.getResponseBody().write(bytes);
    }
}
