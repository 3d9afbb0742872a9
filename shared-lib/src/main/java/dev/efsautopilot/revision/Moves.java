package dev.efsautopilot.revision;

import dev.efsautopilot.aws.Ledger;
import dev.efsautopilot.aws.Workload;
import dev.efsautopilot.aws.Workloads;
import dev.efsautopilot.json.Json;
import dev.efsautopilot.plan.NotYet;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Moves each service to a revision once, however many want it at once: whoever moves it back has
 * decided. The move is claimed before it is made, as one that planned it earlier may come later.
 *
 * @param services where services are moved
 * @param ledger where moves are claimed and remembered
 */
record Moves(Workloads services, Ledger ledger) {

    /** As long as ECS is likely to be asked about a service that went back. */
    private static final Duration KEPT = Duration.ofDays(90);

    /**
     * Moves a service, unless somebody did.
     *
     * @throws NotYet while somebody else is at it
     */
    void move(Workload workload, Revision source, Revision target, Instant now) {
        var claims = new Claims(ledger, KEPT, now);
        var key = key(workload, target);
        var claim = claims.first(key);
        if (claim.isEmpty()) {
            var before = claims.before(key);
            if (Claims.isOver(before)) {
                return;
            }
            claim = Optional.of(claims.again(before));
        }
        services.move(workload, target.arn());
        claims.over(claim.get(), Json.MAPPER.createObjectNode().put("from", source.name()));
    }

    /** Whether a service was moved to a revision before. */
    boolean isMoved(Workload workload, Revision target) {
        return ledger.read(key(workload, target)).filter(Claims::isOver).isPresent();
    }

    private static String key(Workload workload, Revision target) {
        return "moved#" + workload.arn() + "#" + target.arn();
    }
}
