package dev.efsautopilot.revision;

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

    /** From then on the source's tag alone tells what was made from it. */
    private static final Duration KEPT = Duration.ofDays(30);

    /**
     * The revision that says this, registered now or before.
     *
     * @throws NotYet while somebody else registers it
     */
    Result<Revision> of(Revision source, ObjectNode definition, Instant now) {
        var key = "revision#" + source.arn() + "#" + Sha256.of(NormalForm.of(definition));
        var claims = new Claims(ledger, KEPT, now);
        var claim = claims.first(key);
        if (claim.isPresent()) {
            return made(source, definition, claims, claim.get());
        }
        var before = claims.before(key);
        var made =
                Json.optionalText(before.body(), "derived")
                        .flatMap(definitions::find)
                        .map(Revision::described)
                        .filter(Revision::active);
        if (made.isPresent()) {
            return Result.ok(made.get());
        }
        var mine = claims.again(before);
        return left(source, definition)
                .map(found -> recorded(claims, mine, found))
                .orElseGet(() -> made(source, definition, claims, mine));
    }

    /** Registers; where that fails, the next try looks first for what this one may have left. */
    private Result<Revision> made(
            Revision source, ObjectNode definition, Claims claims, Ledger.Entry claim) {
        var registered = false;
        try {
            var result = register(source, definition).then(made -> recorded(claims, claim, made));
            registered = result instanceof Result.Ok<Revision>;
            return result;
        } finally {
            if (!registered) {
                claims.over(claim, Json.MAPPER.createObjectNode());
            }
        }
    }

    private Result<Revision> register(Revision source, ObjectNode definition) {
        return Derivation.tags(source, stack)
                .then(tags ->
                        definitions
                                .register(Derivation.request(definition, tags))
                                .then(made -> Result.ok(new Revision(made, tags))));
    }

    private static Result<Revision> recorded(Claims claims, Ledger.Entry claim, Revision made) {
        claims.over(claim, Json.MAPPER.createObjectNode().put("derived", made.name()));
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
