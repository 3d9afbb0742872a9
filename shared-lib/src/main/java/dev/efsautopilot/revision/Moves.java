package dev.efsautopilot.revision;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.efsautopilot.aws.Ledger;
import dev.efsautopilot.aws.Workload;
import dev.efsautopilot.aws.Workloads;
import dev.efsautopilot.json.Json;
import dev.efsautopilot.plan.NotYet;
import java.time.Duration;
import java.time.Instant;

/**
 * Moves each service to a revision once, however many want it at once: whoever moves it back has
 * decided. The move is claimed before it is made, as one that planned it earlier may come later.
 *
 * @param services where services are moved
 * @param ledger where moves are claimed and remembered
 */
record Moves(Workloads services, Ledger ledger) {

    /** A call with its retries takes 20 seconds: whoever claimed it is no more. */
    private static final Duration ABANDONED = Duration.ofMinutes(2);

    /** As long as ECS is likely to be asked about a service that went back. */
    private static final Duration KEPT = Duration.ofDays(90);

    /**
     * Moves a service, unless somebody did.
     *
     * @throws NotYet while somebody else is at it
     */
    void move(Workload workload, Revision source, Revision target, Instant now) {
        var key = key(workload, target);
        var claim = from(source).put("moving", now.toString());
        if (ledger.create(key, claim, now.plus(KEPT))) {
            move(workload, source, target, new Ledger.Entry(key, 1, claim), now);
            return;
        }
        var entry = ledger.read(key).orElseThrow(() -> new NotYet("the move of " + workload.arn()));
        if (isMade(entry)) {
            return;
        }
        if (isClaimed(entry, now) || !ledger.replace(entry, claim, now.plus(KEPT))) {
            throw new NotYet("somebody else moves " + workload.arn());
        }
        var mine = new Ledger.Entry(key, entry.version() + 1, claim);
        move(workload, source, target, mine, now);
    }

    private void move(
            Workload workload, Revision source, Revision target, Ledger.Entry claim, Instant now) {
        services.move(workload, target.arn());
        ledger.replace(claim, from(source), now.plus(KEPT));
    }

    /** Whether a service was moved to a revision before. */
    boolean isMoved(Workload workload, Revision target) {
        return ledger.read(key(workload, target)).filter(Moves::isMade).isPresent();
    }

    private static boolean isMade(Ledger.Entry entry) {
        return !entry.body().has("moving");
    }

    private static boolean isClaimed(Ledger.Entry entry, Instant now) {
        return Json.optionalText(entry.body(), "moving")
                .filter(at -> Instant.parse(at).plus(ABANDONED).isAfter(now))
                .isPresent();
    }

    private static ObjectNode from(Revision source) {
        return Json.MAPPER.createObjectNode().put("from", source.name());
    }

    private static String key(Workload workload, Revision target) {
        return "moved#" + workload.arn() + "#" + target.arn();
    }
}
