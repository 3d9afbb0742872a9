package dev.efsautopilot.storage;

import com.fasterxml.jackson.databind.JsonNode;
import dev.efsautopilot.aws.Ledger;
import dev.efsautopilot.function.Settings;
import dev.efsautopilot.json.Json;
import dev.efsautopilot.json.Sha256;
import dev.efsautopilot.plan.Refusal;
import dev.efsautopilot.plan.Result;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;

/**
 * Gives each directory of a file system a user of its own out of a range, with one conditional
 * write where nobody else wants the same: the search begins at the directory's hash, so that a
 * repeated request finds what it got, and a lost ledger gives nearly everybody the same again.
 */
final class UserIds {

    /** A reservation outlives whatever it is for: the directory keeps its owner. */
    private static final Duration KEPT = Duration.ofDays(36_500);

    /** With nine tenths of the range taken, one search in thirty thousand ends here in vain. */
    private static final int MOST_TRIES = 100;

    private final Ledger ledger;
    private final Settings.IdRange range;

    UserIds(Ledger ledger, Settings.IdRange range) {
        this.ledger = ledger;
        this.range = range;
    }

    /** The user of this directory, the same at every call. */
    Result<Long> of(AccessPointWish wish, Instant now) {
        var directory = wish.fileSystemId() + wish.path();
        var body = Json.MAPPER.createObjectNode().put("directory", directory);
        var tries = Math.min(MOST_TRIES, range.last() - range.first() + 1);
        for (var n = 0; n < tries; n++) {
            var id = candidate(directory, n);
            if (reserved("uid#" + wish.fileSystemId() + "#" + id, body, now)) {
                return Result.ok(id);
            }
        }
        return Result.refused(
                Refusal.conflict(
                        wish.fileSystemId() + ": uid=auto",
                        tries + " ids of " + range.first() + "-" + range.last() + " are taken",
                        "widen the stack's parameter UidRange"));
    }

    private boolean reserved(String key, JsonNode body, Instant now) {
        return ledger.create(key, body, now.plus(KEPT))
                || ledger.read(key).filter(entry -> entry.body().equals(body)).isPresent();
    }

    /** Walks the range from the hash on, in strides that visit every id of it. */
    private long candidate(String directory, long n) {
        var size = BigInteger.valueOf(range.last() - range.first() + 1);
        var hash = new BigInteger(Sha256.of(directory), 16);
        var stride = hash.shiftRight(128).mod(size).add(BigInteger.ONE);
        while (!stride.gcd(size).equals(BigInteger.ONE)) {
            stride = stride.add(BigInteger.ONE);
        }
        var offset = hash.add(stride.multiply(BigInteger.valueOf(n))).mod(size);
        return range.first() + offset.longValueExact();
    }
}
