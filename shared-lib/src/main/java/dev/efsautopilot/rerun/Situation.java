package dev.efsautopilot.rerun;

import dev.efsautopilot.stop.StopCause;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;

/**
 * All that a verdict depends on.
 *
 * @param cause why the task stopped
 * @param exitCodes of its essential containers
 * @param ran how long it ran; zero where it never started
 * @param policy what its tag says
 * @param ownTag whether the tag is on the task itself, and not only on its definition
 * @param owner who replaces it otherwise
 * @param lineage what was done before
 * @param revised whether there is a revision of its task definition with its volumes made right
 * @param copy whether somebody started a copy of it since it stopped
 * @param byHand whether a person asked for the re-run, which the policy then does not forbid
 * @param now the time
 * @param random from 0 up to, not including, 1
 */
record Situation(
        StopCause cause,
        Set<Integer> exitCodes,
        Duration ran,
        RerunPolicy policy,
        boolean ownTag,
        Owner owner,
        Lineage lineage,
        boolean revised,
        boolean copy,
        boolean byHand,
        Instant now,
        double random) {

    int nextAttempt() {
        return lineage.attempts().size() + 1;
    }
}
