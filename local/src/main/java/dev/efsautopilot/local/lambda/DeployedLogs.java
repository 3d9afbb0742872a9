package dev.efsautopilot.local.lambda;

import static java.util.stream.Collectors.groupingBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/**
 * Puts what functions write into their log groups of the emulator, as Lambda does, past the gateway
 * and on a thread of its own. A group that is not deployed gets nothing.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutLogEvents.html">PutLogEvents</a>
 */
public final class DeployedLogs implements FunctionLogs.Listener, AutoCloseable {

    private static final String STREAM = "local";

    /** Fewer than the API's 10,000 in a call. */
    private static final int MOST = 1000;

    private final URI emulator;
    private final String region;
    private final Clock clock = Clock.systemUTC();
    private final ObjectMapper json = new ObjectMapper();
    private final HttpClient http = HttpClient.newHttpClient();
    private final BlockingQueue<Line> lines = new LinkedBlockingQueue<>();
    private final Set<String> streams = new HashSet<>();
    private final Thread thread = Thread.ofPlatform().name("logs").daemon().unstarted(this::run);

    private record Line(String function, String message, long time) {}

    private DeployedLogs(URI emulator, String region) {
        this.emulator = emulator;
        this.region = region;
    }

    /**
     * Takes lines from now on.
     *
     * @param emulator the emulator's own endpoint
     * @param region the region of the log groups
     */
    public static DeployedLogs start(URI emulator, String region) {
        var logs = new DeployedLogs(emulator, region);
        logs.thread.start();
        return logs;
    }

    @Override
    public void line(String function, String line) {
        lines.add(new Line(function, line, clock.millis()));
    }

    private void run() {
        try {
            while (true) {
                var batch = new ArrayList<>(List.of(lines.take()));
                lines.drainTo(batch, MOST - 1);
                for (var group : batch.stream().collect(groupingBy(Line::function)).entrySet()) {
                    put("/aws/lambda/" + group.getKey(), group.getValue());
                }
            }
        } catch (InterruptedException _) {
            // It is being closed; the lines are in the files as well.
        } catch (IOException e) {
            throw new UncheckedIOException("logs of functions", e);
        }
    }

    private void put(String group, List<Line> batch) throws IOException, InterruptedException {
        var request =
                json.createObjectNode().put("logGroupName", group).put("logStreamName", STREAM);
        if (streams.add(group)) {
            call("CreateLogStream", request.toString());
        }
        var events = request.putArray("logEvents");
        batch.forEach(line ->
                events.addObject().put("timestamp", line.time()).put("message", line.message()));
        call("PutLogEvents", request.toString());
    }

    private void call(String action, String body) throws IOException, InterruptedException {
        var scope = "/20260101/%s/logs/aws4_request".formatted(region);
        http.send(
                HttpRequest.newBuilder(emulator)
                        .header("Authorization", "AWS4-HMAC-SHA256 Credential=local" + scope)
                        .header("Content-Type", "application/x-amz-json-1.1")
                        .header("X-Amz-Target", "Logs_20140328." + action)
                        .POST(BodyPublishers.ofString(body))
                        .build(),
                BodyHandlers.discarding());
    }

    @Override
    public void close() {
        thread.interrupt();
        http.shutdownNow();
    }
}
