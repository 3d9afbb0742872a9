package dev.efsautopilot.local.call;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Stands where MiniStack stands: answers operations by name, and remembers who was asked what. */
public final class FakeMiniStack implements AutoCloseable {

    /** A call of an operation: a JSON body, or a form as an object. */
    public record Asked(String operation, JsonNode parameters) {}

    private final Map<String, Function<JsonNode, String>> answers = new ConcurrentHashMap<>();
    private final List<Asked> asked = new CopyOnWriteArrayList<>();
    private final HttpServer server;

    /** Every role may do everything. */
    private static final String ANYTHING =
            "<R><PolicyDocument>%7B%22Statement%22%3A%7B%22Effect%22%3A%22Allow%22%2C%22Action%22%3A%22%2A%22%2C"
                    + "%22Resource%22%3A%22%2A%22%7D%7D</PolicyDocument></R>";

    public FakeMiniStack() {
        on("ListRolePolicies", _ -> "<R><member>anything</member></R>");
        on("GetRolePolicy", _ -> ANYTHING);
        try {
            server =
                    HttpServer.create(
                            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext(
                "/",
                exchange -> {
                    var text =
                            new String(
                                    exchange.getRequestBody().readAllBytes(),
                                    StandardCharsets.UTF_8);
                    var target = exchange.getRequestHeaders().getFirst("X-Amz-Target");
                    var call = asked(target, text);
                    asked.add(call);
                    var answer = answers.getOrDefault(call.operation(), _ -> "{}");
                    var bytes = answer.apply(call.parameters()).getBytes(StandardCharsets.UTF_8);
                    exchange.getResponseHeaders()
                            .set("Content-Type", bytes[0] == '<' ? "text/xml" : "application/json");
                    exchange.sendResponseHeaders(200, bytes.length);
                    exchange.getResponseBody().write(bytes);
                    exchange.close();
                });
        server.start();
    }

    /** Answers an operation, each time anew. */
    public void on(String operation, Function<JsonNode, String> answer) {
        answers.put(operation, answer);
    }

    /** The calls of one operation, in their order. */
    public List<JsonNode> asked(String operation) {
        return asked.stream()
                .filter(call -> call.operation().equals(operation))
                .map(Asked::parameters)
                .toList();
    }

    /** Where it listens. */
    public URI endpoint() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    /** The way to it. */
    public Upstream upstream() {
        return new Upstream(endpoint(), "eu-west-1");
    }

    private static Asked asked(@Nullable String target, String text) {
        if (target != null) {
            return new Asked(target.substring(target.lastIndexOf('.') + 1), Json.parse(text));
        }
        var form = Form.parse(text);
        return new Asked(form.getOrDefault("Action", ""), Form.nest(form));
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
