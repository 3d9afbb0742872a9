package dev.efsautopilot.function;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.efsautopilot.aws.Ledger;
import dev.efsautopilot.event.Origin;
import dev.efsautopilot.event.Trigger;
import dev.efsautopilot.event.Triggers;
import dev.efsautopilot.json.Json;
import dev.efsautopilot.plan.Malformed;
import dev.efsautopilot.plan.Outcome;
import dev.efsautopilot.plan.Result;
import dev.efsautopilot.report.Answer;
import dev.efsautopilot.report.LogLine;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Consumer;

/** The frame of every function: a trigger in, an outcome out, one log line. */
public abstract class LambdaFunction implements RequestStreamHandler {

    private static final String STACK =
            System.getenv().getOrDefault("STACK_NAME", "ecs-efs-autopilot");

    private static final boolean ON_AWS =
            System.getenv().getOrDefault("ENDPOINT_URL", "").isBlank();

    /** The SAM CLI sets this where it runs a function itself, of an account that it makes up. */
    private static final boolean IN_SAM_LOCAL = "true".equals(System.getenv("AWS_SAM_LOCAL"));

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

    /**
     * Where answers are kept for callers that send an {@code Idempotency-Key}; nowhere for a
     * function that only reads.
     */
    protected Optional<Ledger> answers() {
        return Optional.empty();
    }

    @Override
    public final void handleRequest(InputStream input, OutputStream output, Context context)
            throws IOException {
        var begun = Instant.now();
        var payload = input.readAllBytes();
        var event = tree(payload);
        var read = admitted(event, context);
        var trigger =
                switch (read) {
                    case Result.Ok<Trigger>(var admitted) -> admitted;
                    case Result.Refused<Trigger>(var refusal) ->
                            new Trigger.Unrecognised(refusal.sentence());
                };
        var line =
                new LogLine(STACK, context.getFunctionName(), context.getAwsRequestId(), trigger);
        Consumer<Outcome> tell =
                outcome ->
                        print(
                                line.told(
                                        outcome,
                                        Instant.now(),
                                        Duration.between(begun, Instant.now())));
        try {
            var once =
                    answers()
                            .flatMap(ledger ->
                                    Once.of(ledger, context.getFunctionName(), event, trigger));
            Json.MAPPER.writeValue(
                    output,
                    once.isPresent()
                            ? once.get().answer(() -> outcome(read), tell, it -> answer(it, event))
                            : told(outcome(read), tell, event));
        } catch (RuntimeException e) {
            print(line.failed(e, Instant.now(), Duration.between(begun, Instant.now())));
            if (!Triggers.isHttp(event)) {
                throw e;
            }
            Json.MAPPER.writeValue(output, Answer.of(e));
        }
    }

    private Object told(Outcome outcome, Consumer<Outcome> tell, JsonNode event) {
        tell.accept(outcome);
        return answer(outcome, event);
    }

    private Outcome outcome(Result<Trigger> read) {
        try {
            return Outcome.of(read.then(trigger -> Result.ok(on(trigger))));
        } catch (RuntimeException e) {
            return new Outcome.Refused("", Malformed.in(e).orElseThrow(() -> e));
        }
    }

    /** On a local AWS, events may be of whichever account wrote them down. */
    private static Result<Trigger> admitted(JsonNode event, Context context) {
        var here = Origin.of(context.getInvokedFunctionArn()).filter(_ -> !IN_SAM_LOCAL);
        var foreign = here.filter(_ -> ON_AWS).flatMap(origin -> origin.foreign(event));
        if (foreign.isPresent()) {
            return Result.ok(new Trigger.Unrecognised(foreign.get()));
        }
        return Triggers.read(event)
                .then(trigger ->
                        here.map(origin -> origin.admit(trigger))
                                .orElseGet(() -> Result.ok(trigger)));
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
