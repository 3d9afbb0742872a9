package dev.efsautopilot.rehearsal;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import dev.efsautopilot.json.Json;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Stands in for AWS on a loopback port: each operation has one answer, whoever asks, from the
 * little world that the files of {@code events/} tell of. Plain sockets, as it must load nothing
 * that the function does not need.
 */
public final class Stage implements AutoCloseable {

    private static final String CALL =
            "(?is)(\\w+) (?:https?://[^/ ]+)?([^ ?]*)[^ ]* HTTP/1\\.1\r\n.*";
    private static final Pattern LENGTH = Pattern.compile("(?i)\r\ncontent-length: *(\\d+)");
    private static final Pattern TARGET =
            Pattern.compile("(?i)\r\nx-amz-target: *[\\w.]*\\.(\\w+)");
    private static final Pattern ACTION = Pattern.compile("(?:^|&)Action=(\\w+)");

    private final ServerSocket socket;
    private final JsonNode answers;
    private final Set<String> unknown = ConcurrentHashMap.newKeySet();

    private Stage(ServerSocket socket, JsonNode answers) {
        this.socket = socket;
        this.answers = answers;
    }

    /** Raises it on a port of its own. */
    public static Stage open() throws IOException {
        var answers = Json.MAPPER.readTree(Rehearsal.read("answers.json"));
        var stage = new Stage(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()), answers);
        Thread.ofPlatform().daemon().name("rehearsal").start(stage::serve);
        return stage;
    }

    /** Where calls of AWS have to go. */
    public URI address() {
        return URI.create("http://127.0.0.1:" + socket.getLocalPort());
    }

    /** Says which calls it had no answer to. */
    void complain(PrintStream out) {
        if (!unknown.isEmpty()) {
            Rehearsal.complain(out, "no answers to " + new TreeSet<>(unknown));
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }

    private void serve() {
        while (!socket.isClosed()) {
            try (var caller = socket.accept()) {
                answer(caller);
            } catch (IOException _) {
                // The caller's call fails with it, or the stage is closed.
            }
        }
    }

    private void answer(Socket caller) throws IOException {
        var in = new BufferedInputStream(caller.getInputStream());
        var head = head(in);
        var length = first(LENGTH, head);
        var body = in.readNBytes(length == null ? 0 : Integer.parseInt(length));
        var operation = operation(head, new String(body, UTF_8));
        var answer = answers.path(operation);
        if (answer.isMissingNode()) {
            unknown.add(operation);
        }
        reply(
                caller.getOutputStream(),
                answer.isMissingNode() ? "400 Bad Request" : "200 OK",
                answer.isTextual() ? answer.asText() : answer.toString());
    }

    private static void reply(OutputStream out, String status, String text) throws IOException {
        var body = text.getBytes(UTF_8);
        var head =
                "HTTP/1.1 %s\r\nConnection: close\r\nContent-Length: %d\r\n\r\n"
                        .formatted(status, body.length);
        out.write(head.getBytes(UTF_8));
        out.write(body);
        out.flush();
    }

    /** What JSON calls say in a header, query calls in their body, and REST calls by their path. */
    private static String operation(String head, String body) {
        var target = first(TARGET, head);
        var action = target == null ? first(ACTION, body) : target;
        return action == null ? head.replaceFirst(CALL, "$1 $2") : action;
    }

    private static @Nullable String first(Pattern pattern, String text) {
        var matcher = pattern.matcher(text);
        return matcher.find() ? matcher.group(1) : null;
    }

    private static String head(InputStream in) throws IOException {
        var head = new StringBuilder();
        while (head.indexOf("\r\n\r\n", Math.max(0, head.length() - 4)) < 0) {
            int next = in.read();
            if (next < 0) {
                throw new IOException("the call ended early");
            }
            head.append((char) next);
        }
        return head.toString();
    }
}
