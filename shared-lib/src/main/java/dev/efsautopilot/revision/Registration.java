package dev.efsautopilot.revision;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.efsautopilot.aws.Ledger;
import dev.efsautopilot.aws.TaskDefinitions;
import dev.efsautopilot.json.Json;
import dev.efsautopilot.json.Sha256;
import dev.efsautopilot.plan.NotYet;
import dev.efsautopilot.plan.Result;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.Optional;

/**
 * Registers what is made from a source revision once, however many want it at once:
 * RegisterTaskDefinition has no token, so that a claim in the ledger stands for one.
 *
 * @param definitions where it is registered
 * @param ledger where it is claimed
 * @param stack the stack's name
 */
record Registration(TaskDefinitions definitions, Ledger ledger, String stack) {

    /**
     * A call with its retries takes 20 seconds: whoever claimed it is no more. Lambda's second
     * retry of an event comes three minutes after it failed, and finds the claim abandoned.
     */
    private static final Duration ABANDONED = Duration.ofMinutes(2);

    /** From then on the source's tag alone tells what was made from it. */
    private static final Duration KEPT = Duration.ofDays(30);

    /**
     * The revision that says this, registered now or before.
     *
     * @throws NotYet while somebody else registers it
     */
    Result<Revision> of(Revision source, ObjectNode definition, Instant now) {
        var key = "revision#" + source.arn() + "#" + Sha256.of(NormalForm.of(definition));
        var claim = Json.MAPPER.createObjectNode().put("claimed", now.toString());
        if (ledger.create(key, claim, now.plus(KEPT))) {
            return made(source, definition, new Ledger.Entry(key, 1, claim), now);
        }
        var entry =
                ledger.read(key)
                        .orElseThrow(() -> new NotYet("what is made from " + source.name()));
        var made =
                Json.optionalText(entry.body(), "derived")
                        .flatMap(definitions::find)
                        .map(Revision::described)
                        .filter(Revision::active);
        if (made.isPresent()) {
            return Result.ok(made.get());
        }
        if (isClaimed(entry.body(), now) || !ledger.replace(entry, claim, now.plus(KEPT))) {
            throw new NotYet("somebody else registers what is made from " + source.name());
        }
        var mine = new Ledger.Entry(key, entry.version() + 1, claim);
        return left(source, definition)
                .map(found -> recorded(mine, found, now))
                .orElseGet(() -> made(source, definition, mine, now));
    }

    /** Registers; where that fails, the next try looks first for what this one may have left. */
    private Result<Revision> made(
            Revision source, ObjectNode definition, Ledger.Entry claim, Instant now) {
        var registered = false;
        try {
            var result = register(source, definition).then(made -> recorded(claim, made, now));
            registered = result instanceof Result.Ok<Revision>;
            return result;
        } finally {
            if (!registered) {
                ledger.replace(claim, Json.MAPPER.createObjectNode(), now.plus(KEPT));
            }
        }
    }

    private static boolean isClaimed(JsonNode body, Instant now) {
        return Json.optionalText(body, "claimed")
                .filter(at -> Instant.parse(at).plus(ABANDONED).isAfter(now))
                .isPresent();
    }

    private Result<Revision> register(Revision source, ObjectNode definition) {
        return Derivation.tags(source, stack)
                .then(tags ->
                        definitions
                                .register(Derivation.request(definition, tags))
                                .then(made -> Result.ok(new Revision(made, tags))));
    }

    private Result<Revision> recorded(Ledger.Entry claim, Revision made, Instant now) {
        var body = Json.MAPPER.createObjectNode().put("derived", made.name());
        ledger.replace(claim, body, now.plus(KEPT));
        return Result.ok(made);
    }

    /** What an abandoned claim may have left: the lowest stays, the others are deregistered. */
    private Optional<Revision> left(Revision source, ObjectNode definition) {
        var same =
                definitions
                        .active(source.family())
                        .takeWhile(arn -> number(arn) > source.number())
                        .flatMap(arn -> definitions.find(arn).stream())
                        .map(Revision::described)
                        .filter(revision -> Derivation.isOf(source, revision, definition))
                        .sorted(Comparator.comparingInt(Revision::number))
                        .toList();
        same.stream().skip(1).map(Revision::arn).forEach(definitions::deregister);
        return same.stream().findFirst();
    }

    private static int number(String arn) {
        return Integer.parseInt(arn.substring(arn.lastIndexOf(':') + 1));
    }
}
