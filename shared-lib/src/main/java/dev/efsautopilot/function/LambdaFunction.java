package dev.efsautopilot.function;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.efsautopilot.event.Origin;
import dev.efsautopilot.event.Trigger;
import dev.efsautopilot.event.Triggers;
import dev.efsautopilot.json.Json;
import dev.efsautopilot.plan.Malformed;
import dev.efsautopilot.plan.Outcome;
import dev.efsautopilot.report.Answer;
import dev.efsautopilot.report.LogLine;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.time.Instant;

/** The frame of every function: a trigger in, an outcome out, one log line. */
public abstract class LambdaFunction implements RequestStreamHandler {

    private static final String STACK =
            System.getenv().getOrDefault("STACK_NAME", "ecs-efs-autopilot");

    private static final boolean ON_AWS =
            System.getenv().getOrDefault("ENDPOINT_URL", "").isBlank();

    /**
     * Reads what is, decides, and does it.
     *
     * @throws RuntimeException what should be retried, or is a bug: Lambda retries it a bounded
     *     number of times and then keeps the event in the dead-letter queue
     */
    protected abstract Outcome on(Trigger trigger);

    /**
     * What the caller gets: JSON, unless a function has another form for one who prefers it.
     *
     * @param event the payload, for {@link Triggers#prefers}
     */
    protected Object answer(Outcome outcome, JsonNode event) {
        return Answer.of(outcome, Triggers.isHttp(event));
    }

    @Override
    public final void handleRequest(InputStream input, OutputStream output, Context context)
            throws IOException {
        var begun = Instant.now();
        var payload = input.readAllBytes();
        var event = tree(payload);
        var trigger = trigger(event, context);
        var line =
                new LogLine(STACK, context.getFunctionName(), context.getAwsRequestId(), trigger);
        try {
            var outcome = outcome(trigger);
            print(line.told(outcome, Instant.now(), Duration.between(begun, Instant.now())));
            Json.MAPPER.writeValue(output, answer(outcome, event));
        } catch (RuntimeException e) {
            print(line.failed(e, Instant.now(), Duration.between(begun, Instant.now())));
            if (!Triggers.isHttp(event)) {
                throw e;
            }
            Json.MAPPER.writeValue(output, Answer.of(e));
        }
    }

    private Outcome outcome(Trigger trigger) {
        try {
            return on(trigger);
        } catch (RuntimeException e) {
            return new Outcome.Refused("", Malformed.in(e).orElseThrow(() -> e));
        }
    }

    /** On a local AWS, events may be of whichever account wrote them down. */
    private static Trigger trigger(JsonNode event, Context context) {
        return Origin.of(context.getInvokedFunctionArn())
                .filter(_ -> ON_AWS)
                .flatMap(here -> here.foreign(event))
                .<Trigger>map(Trigger.Unrecognised::new)
                .orElseGet(() -> Triggers.parse(event));
    }

    private static JsonNode tree(byte[] payload) throws IOException {
        try {
            return Json.MAPPER.readTree(payload);
        } catch (JsonProcessingException _) {
            return Json.MAPPER.missingNode();
        }
    }

    /** The runtime passes a line that is a JSON object on to CloudWatch Logs as it is. */
    @SuppressWarnings("SystemOut")
    private static void print(JsonNode line) {
        System.out.println(line);
    }
}
