package dev.efsautopilot.revision;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.efsautopilot.aws.Ledger;
import dev.efsautopilot.json.Json;
import dev.efsautopilot.plan.NotYet;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Claims in the ledger, for what has no token of AWS's: of many who want to do a thing at once, one
 * does it, and says in place of the claim what came of it.
 *
 * @param ledger where it is claimed
 * @param kept how long what came of it is known
 * @param now the time
 */
record Claims(Ledger ledger, Duration kept, Instant now) {

    /**
     * A call with its retries takes 20 seconds: whoever claimed it is no more. Lambda's second
     * retry of an event comes three minutes after it failed, and finds the claim abandoned.
     */
    private static final Duration ABANDONED = Duration.ofMinutes(2);

    private static final String SINCE = "claimed";

    /** The claim of what nobody ever claimed; empty where somebody did. */
    Optional<Ledger.Entry> first(String key) {
        var claim = claim();
        return ledger.create(key, claim, until())
                ? Optional.of(new Ledger.Entry(key, 1, claim))
                : Optional.empty();
    }

    /**
     * What is said about a thing that was claimed before.
     *
     * @throws NotYet where that was just forgotten
     */
    Ledger.Entry before(String key) {
        return ledger.read(key).orElseThrow(() -> new NotYet(key + " was just forgotten"));
    }

    /**
     * The claim of what is not done, or has to be done again.
     *
     * @throws NotYet while somebody else is at it
     */
    Ledger.Entry again(Ledger.Entry before) {
        var abandoned =
                Json.optionalText(before.body(), SINCE)
                        .filter(at -> Instant.parse(at).plus(ABANDONED).isAfter(now))
                        .isEmpty();
        var claim = claim();
        if (!abandoned || !ledger.replace(before, claim, until())) {
            throw new NotYet("somebody else is at " + before.key());
        }
        return new Ledger.Entry(before.key(), before.version() + 1, claim);
    }

    /** Says what came of it, unless the claim was taken over since. */
    void over(Ledger.Entry claim, ObjectNode result) {
        ledger.replace(claim, result, until());
    }

    /** Whether what was claimed is done, or given up. */
    static boolean isOver(Ledger.Entry entry) {
        return !entry.body().has(SINCE);
    }

    private ObjectNode claim() {
        return Json.MAPPER.createObjectNode().put(SINCE, now.toString());
    }

    private Instant until() {
        return now.plus(kept);
    }
}
