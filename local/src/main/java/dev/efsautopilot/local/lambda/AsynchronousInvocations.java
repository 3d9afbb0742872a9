package dev.efsautopilot.local.lambda;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.efsautopilot.local.call.Background;
import java.time.Duration;
import java.time.Instant;
import java.util.function.BiFunction;

/**
 * The queue between EventBridge and a function: "If the function returns an error, by default
 * Lambda attempts to run it two more times, with a one-minute wait between the first two attempts,
 * and two minutes between the second and third attempts." (AWS Lambda Developer Guide, How Lambda
 * handles errors and retries with asynchronous invocation). What fails then goes to the on-failure
 * destination. MiniStack's EventBridge and Scheduler call a function once and forget the event.
 */
final class AsynchronousInvocations implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final EventFailures failures;
    private final Duration firstWait;
    private final BiFunction<FunctionVersion, Invocation, Result> run;
    private final Background background = new Background();

    /**
     * @param firstWait between the first two attempts, a minute on AWS; doubled before the third
     */
    AsynchronousInvocations(
            EventFailures failures,
            Duration firstWait,
            BiFunction<FunctionVersion, Invocation, Result> run) {
        this.failures = failures;
        this.firstWait = firstWait;
        this.run = run;
    }

    /**
     * Whether an invocation waits for no answer: MiniStack names the alias in the ARN where Invoke
     * was called, and the version where it invokes by itself; of those only API Gateway waits.
     */
    static boolean is(String arn, FunctionVersion wanted, String event) {
        return arn.endsWith(":" + wanted.version())
                && tree(event).path("httpMethod").isMissingNode();
    }

    /** Takes an event; returns at once. */
    void accept(FunctionVersion wanted, String arn, Invocation first) {
        background.start("event-" + first.requestId(), () -> attempt(wanted, arn, first));
    }

    private void attempt(FunctionVersion wanted, String arn, Invocation first)
            throws InterruptedException {
        var begun = Instant.now();
        var result = run.apply(wanted, first);
        if (!(result instanceof Result.Failed failed)) {
            return;
        }
        var config = failures.of(wanted.name());
        var wait = firstWait;
        var attempts = 1;
        while (attempts <= config.retries()
                && begun.plus(config.longest()).isAfter(Instant.now().plus(wait))) {
            Thread.sleep(wait);
            wait = wait.multipliedBy(2);
            attempts++;
            var again = new Invocation(first.requestId(), first.payload(), first.traceId());
            switch (run.apply(wanted, again)) {
                case Result.Returned _ -> {
                    return;
                }
                case Result.Failed next -> failed = next;
            }
        }
        if (config.onFailure().isPresent()) {
            failures.keep(
                    config.onFailure().get(),
                    invocationRecord(wanted, arn, first, attempts, failed));
        }
    }

    /** AWS Lambda Developer Guide, Capturing records of Lambda asynchronous invocations. */
    private static String invocationRecord(
            FunctionVersion wanted,
            String arn,
            Invocation event,
            int attempts,
            Result.Failed failed) {
        var kept = JSON.createObjectNode().put("version", "1.0");
        kept.put("timestamp", Instant.now().toString());
        kept.putObject("requestContext")
                .put("requestId", event.requestId())
                .put("functionArn", arn)
                .put("condition", "RetriesExhausted")
                .put("approximateInvokeCount", attempts);
        kept.set("requestPayload", tree(event.payload()));
        kept.putObject("responseContext")
                .put("statusCode", 200)
                .put("executedVersion", wanted.version())
                .put("functionError", "Unhandled");
        kept.set("responsePayload", tree(failed.error()));
        return kept.toString();
    }

    private static JsonNode tree(String text) {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException e) {
            return JSON.getNodeFactory().textNode(text);
        }
    }

    /** Forgets what waits. */
    @Override
    public void close() {
        background.close();
    }
}
