package dev.efsautopilot.local.lambda;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;

/**
 * Where MiniStack sends each invocation: {@code POST /functions/<function name>} with the event as
 * its body. A result is a 200 with what the handler returned; an error is a 500 with the JSON
 * object that Lambda would give. An event that nobody waits for is taken at once.
 */
public final class FunctionServer implements AutoCloseable {

    private static final String FUNCTIONS = "/functions/";

    /** A minute on AWS. */
    private static final Duration FIRST_WAIT = Duration.ofMillis(500);

    private final FunctionCatalog catalog;
    private final Sandbox.Launcher launcher;
    private final int concurrency;
    private final PlatformLog log;
    private final HttpServer server;
    private final AsynchronousInvocations events;
    private final Map<FunctionVersion, FunctionPool> pools = new ConcurrentHashMap<>();

    FunctionServer(
            FunctionCatalog catalog,
            Sandbox.Launcher launcher,
            FunctionLogs logs,
            EventFailures failures,
            int concurrency) {
        this.catalog = catalog;
        this.launcher = launcher;
        this.concurrency = concurrency;
        this.events = new AsynchronousInvocations(failures, FIRST_WAIT, this::run);
        this.log = new PlatformLog(logs, Clock.systemUTC());
        try {
            server =
                    HttpServer.create(
                            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException("no loopback port for the functions", e);
        }
        server.createContext(FUNCTIONS, this::invoke);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.start();
    }

    /**
     * A server whose functions run in JVMs of the Java that runs this.
     *
     * @param catalog tells how a function is deployed
     * @param runtime how to start a function's JVM
     * @param logs takes the functions' output
     * @param failures what is configured for events that a function can't take
     * @param concurrency how many environments one function version may have, at least 1
     */
    public static FunctionServer start(
            FunctionCatalog catalog,
            JavaRuntime runtime,
            FunctionLogs logs,
            EventFailures failures,
            int concurrency) {
        return new FunctionServer(catalog, runtime, logs, failures, concurrency);
    }

    /**
     * Where the invocations of one function go.
     *
     * @param function a function's name
     * @return where its invocations go
     */
    public URI invocationUri(String function) {
        return URI.create(
                "http://127.0.0.1:" + server.getAddress().getPort() + FUNCTIONS + function);
    }

    private void invoke(HttpExchange exchange) throws IOException {
        try (exchange) {
            String name = exchange.getRequestURI().getPath().substring(FUNCTIONS.length());
            String event = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
            Headers headers = exchange.getRequestHeaders();
            FunctionVersion wanted =
                    new FunctionVersion(
                            name, header(headers, "X-Amzn-Lambda-Function-Version", "$LATEST"));
            Invocation invocation =
                    new Invocation(
                            header(
                                    headers,
                                    "X-Amzn-Lambda-Request-Id",
                                    UUID.randomUUID().toString()),
                            event,
                            header(headers, "X-Amzn-Trace-Id", ""));
            String arn = header(headers, "X-Amzn-Lambda-Function-Arn", "");
            if (AsynchronousInvocations.is(arn, wanted, event)) {
                events.accept(wanted, arn, invocation);
                reply(exchange, 200, "null");
                return;
            }
            switch (run(wanted, invocation)) {
                case Result.Returned(String payload) -> reply(exchange, 200, payload);
                case Result.Failed(String error) -> reply(exchange, 500, error);
            }
        }
    }

    private Result run(FunctionVersion wanted, Invocation invocation) {
        try {
            return pools.computeIfAbsent(wanted, this::pool).submit(invocation).join();
        } catch (UnknownFunctionException e) {
            return Result.Failed.of(
                    "ResourceNotFoundException", invocation.requestId(), e.getMessage());
        }
    }

    private FunctionPool pool(FunctionVersion wanted) {
        return new FunctionPool(catalog.describe(wanted), concurrency, launcher, log);
    }

    private static String header(Headers headers, String name, String fallback) {
        return Optional.ofNullable(headers.getFirst(name)).orElse(fallback);
    }

    private static void reply(HttpExchange exchange, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
        exchange.getResponseBody().write(bytes);
    }

    /** Forgets the events that are being tried: what they need may be closed before this. */
    public void forgetEvents() {
        events.close();
    }

    /** Takes no more invocations and ends every function process. */
    @Override
    public void close() {
        server.stop(0);
        events.close();
        pools.values().forEach(FunctionPool::close);
    }
}
