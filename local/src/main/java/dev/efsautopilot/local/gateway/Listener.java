package dev.efsautopilot.local.gateway;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.efsautopilot.local.call.Request;
import dev.efsautopilot.local.call.Response;
import dev.efsautopilot.local.fault.ConnectionLost;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;

/** An HTTP server on a loopback port, with a virtual thread for each request. */
final class Listener implements AutoCloseable {
    private static final byte[] LOOPBACK = {127, 0, 0, 1};

    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    private Listener(HttpServer server) {
        this.server = server;
    }

    /**
     * Takes a port, a free one for 0; requests wait until it is started.
     *
     * @throws UncheckedIOException where the port can't be opened
     */
    static Listener open(int port) {
        try {
            var address = new InetSocketAddress(InetAddress.getByAddress(LOOPBACK), port);
            return new Listener(HttpServer.create(address, 0));
        } catch (IOException e) {
            throw new UncheckedIOException("loopback port " + port + " can't be opened", e);
        }
    }

    URI endpoint() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    void start(Function<Request, Response> answer) {
        server.createContext(
                "/",
                exchange -> {
                    try (exchange) {
                        write(exchange, answer.apply(read(exchange)));
                    } catch (ConnectionLost _) {
                        // The exchange is closed without an answer, and its connection with it.
                    }
                });
        server.setExecutor(threads);
        server.start();
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }

    private static Request read(HttpExchange exchange) throws IOException {
        var uri = exchange.getRequestURI();
        var query = uri.getRawQuery();
        return new Request(
                exchange.getRequestMethod(),
                uri.getRawPath(),
                query == null ? "" : query,
                Map.copyOf(exchange.getRequestHeaders()),
                exchange.getRequestBody().readAllBytes());
    }

    private static void write(HttpExchange exchange, Response response) throws IOException {
        exchange.getResponseHeaders().putAll(response.headers());
        exchange.getResponseHeaders().remove("Date");
        var empty = response.body().length == 0;
        exchange.sendResponseHeaders(response.status(), empty ? -1 : response.body().length);
        if (!empty) {
            exchange.getResponseBody().write(response.body());
        }
    }
}
