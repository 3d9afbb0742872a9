package dev.efsautopilot.local.fault;

import dev.efsautopilot.local.call.AwsCall;
import dev.efsautopilot.local.call.Response;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What reads answered lately, for a read that shows the past. "The Amazon ECS API follows an
 * eventual consistency model" (Amazon ECS API Reference), and so does that of EC2; DynamoDB's
 * consistent reads don't.
 */
public final class StaleReads {

    private static final Duration LAG = Duration.ofSeconds(5);

    private record Answer(Instant at, Response response) {}

    private final Map<String, Deque<Answer>> answers = new ConcurrentHashMap<>();

    /** Remembers what a read answered. */
    public void remember(AwsCall call, Response response) {
        if (maybeStale(call) && response.status() > 0 && response.status() < 500) {
            var now = Instant.now();
            answers.compute(
                    key(call),
                    (_, known) -> {
                        var kept = known == null ? new ArrayDeque<Answer>() : known;
                        kept.removeIf(answer -> answer.at().isBefore(now.minus(LAG)));
                        kept.addLast(new Answer(now, response));
                        return kept;
                    });
        }
    }

    /** The oldest answer of the last seconds to this same read. */
    Optional<Response> before(AwsCall call) {
        if (!maybeStale(call)) {
            return Optional.empty();
        }
        var oldest = new Answer[1];
        answers.computeIfPresent(
                key(call),
                (_, known) -> {
                    known.removeIf(answer -> answer.at().isBefore(Instant.now().minus(LAG)));
                    oldest[0] = known.peekFirst();
                    return known;
                });
        return Optional.ofNullable(oldest[0]).map(Answer::response);
    }

    private static boolean maybeStale(AwsCall call) {
        return !call.isWrite() && !call.parameters().path("ConsistentRead").asBoolean();
    }

    private static String key(AwsCall call) {
        return call.service() + call.operation() + call.parameters();
    }
}
