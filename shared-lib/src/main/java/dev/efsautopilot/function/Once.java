package dev.efsautopilot.function;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.efsautopilot.aws.Ledger;
import dev.efsautopilot.event.Trigger;
import dev.efsautopilot.event.Triggers;
import dev.efsautopilot.json.Json;
import dev.efsautopilot.json.Sha256;
import dev.efsautopilot.plan.NotYet;
import dev.efsautopilot.plan.Outcome;
import dev.efsautopilot.plan.Refusal;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Honours the header {@code Idempotency-Key} (draft-ietf-httpapi-idempotency-key-header): for a
 * day, the same key of the same caller gives the answer that the first request got. Only what did
 * something is kept; what was refused or failed may be asked again.
 *
 * @param ledger where answers are kept
 * @param key under which this one is
 * @param request what tells one request from another
 */
record Once(Ledger ledger, String key, String request) {

    static final String HEADER = "Idempotency-Key";

    private static final Duration KEPT = Duration.ofDays(1);

    /** Longer than a function may run: then whoever began has ended. */
    private static final Duration LEASE = Duration.ofSeconds(90);

    /** Whose turn it is. */
    private sealed interface Turn {

        /** Ours: the answer is to be kept in this entry. */
        record Ours(Ledger.Entry entry) implements Turn {}

        /** It was answered before. */
        record Answered(JsonNode answer) implements Turn {}

        /** It can't be worked on. */
        record Refused(Refusal refusal) implements Turn {}
    }

    /** What a call with the header asks for; empty for every other one, and for a dry run. */
    static Optional<Once> of(Ledger ledger, String function, JsonNode event, Trigger trigger) {
        return trigger instanceof Trigger.Asked(_, var dryRun) && !dryRun
                ? Triggers.header(event, HEADER)
                        .map(key ->
                                new Once(
                                        ledger,
                                        "answer#"
                                                + Sha256.of(
                                                        String.join(
                                                                "\n",
                                                                function,
                                                                caller(event),
                                                                key)),
                                        Sha256.of(request(event))))
                : Optional.empty();
    }

    /** A role's sessions are one caller: a retry may come from another one. */
    private static String caller(JsonNode event) {
        return Json.text(event.path("requestContext").path("identity"), "userArn")
                .replaceFirst("(:assumed-role/[^/]+)/.*", "$1");
    }

    private static String request(JsonNode event) {
        return String.join(
                "\n",
                Json.text(event, "httpMethod"),
                Json.text(event, "path"),
                event.path("queryStringParameters").toString(),
                Json.text(event, "body"));
    }

    /**
     * The answer to the work, or the one that there is already.
     *
     * @param work done where it was not done before
     * @param tell what came of it, said in the log
     * @param answer what a caller gets for an outcome
     */
    Object answer(
            Supplier<Outcome> work, Consumer<Outcome> tell, Function<Outcome, Object> answer) {
        return switch (take(Instant.now())) {
            case Turn.Ours turn -> {
                var outcome = worked(turn, work);
                tell.accept(outcome);
                var given = answer.apply(outcome);
                settle(turn, outcome, given);
                yield given;
            }
            case Turn.Answered(var kept) -> {
                tell.accept(new Outcome.Ignored("", "its " + HEADER + " was answered before"));
                yield kept;
            }
            case Turn.Refused(var refusal) -> {
                var refused = new Outcome.Refused("", refusal);
                tell.accept(refused);
                yield answer.apply(refused);
            }
        };
    }

    private Outcome worked(Turn.Ours turn, Supplier<Outcome> work) {
        try {
            return work.get();
        } catch (RuntimeException e) {
            release(turn);
            throw e;
        }
    }

    private void settle(Turn.Ours turn, Outcome outcome, Object given) {
        if (outcome instanceof Outcome.Done) {
            keep(turn, given, Instant.now());
        } else {
            release(turn);
        }
    }

    /** Takes the turn, or says whose it is. */
    private Turn take(Instant now) {
        var begun = entry().put("begun", now.toString());
        if (ledger.create(key, begun, now.plus(KEPT))) {
            return new Turn.Ours(new Ledger.Entry(key, 1, begun));
        }
        var there = ledger.read(key).orElseThrow(() -> new NotYet(HEADER + " is just expiring"));
        var since = Instant.parse(Json.text(there.body(), "begun"));
        if (since.plus(KEPT).isAfter(now)) {
            if (!Json.text(there.body(), "request").equals(request)) {
                return new Turn.Refused(ofAnother());
            }
            if (there.body().has("answer")) {
                return new Turn.Answered(there.body().path("answer"));
            }
            if (since.plus(LEASE).isAfter(now)) {
                return new Turn.Refused(underWay());
            }
        }
        return ledger.replace(there, begun, now.plus(KEPT))
                ? new Turn.Ours(new Ledger.Entry(key, there.version() + 1, begun))
                : new Turn.Refused(underWay());
    }

    /** Keeps the answer. */
    private void keep(Turn.Ours turn, Object answer, Instant now) {
        var kept = entry().put("begun", now.toString());
        kept.set("answer", Json.MAPPER.valueToTree(answer));
        ledger.replace(turn.entry(), kept, now.plus(KEPT));
    }

    /** Gives the key back: nothing was done under it. */
    private void release(Turn.Ours turn) {
        var free = entry().put("begun", Instant.EPOCH.toString());
        ledger.replace(turn.entry(), free, Instant.now());
    }

    private ObjectNode entry() {
        return Json.MAPPER.createObjectNode().put("request", request);
    }

    private static Refusal ofAnother() {
        return new Refusal(
                Refusal.Kind.UNPROCESSABLE,
                HEADER,
                "it was used for another request",
                "use a new key for a new request");
    }

    private static Refusal underWay() {
        return Refusal.conflict(
                HEADER,
                "the first request with it is still being worked on",
                "ask again in a moment, with the same key");
    }
}
