package dev.efsautopilot.rerun;

import java.time.Instant;
import java.util.Optional;
import java.util.stream.Stream;

/** What may live of a stopped task already, beside what the ledger tells. */
final class Copies {

    private final World world;

    Copies(World world) {
        this.world = world;
    }

    /**
     * The task of this very attempt that an invocation started and did not live to record; it may
     * have ended since. While the token is the same and young, RunTask itself tells it.
     */
    Optional<String> twin(Job job, Attempt attempt, Instant now) {
        if (!Mark.mayHaveATwin(attempt, now)) {
            return Optional.empty();
        }
        var mark = Optional.of(Mark.of(job.root(), attempt));
        return Stream.of("RUNNING", "STOPPED")
                .flatMap(status -> peers(job.stopped(), status))
                .filter(peer -> peer.rerunOf().equals(mark))
                .map(Peer::arn)
                .findFirst();
    }

    /**
     * Whether somebody started a copy of it: one that lives, or one that has ended, which took its
     * place as well. A person who asks for a re-run is kept from the first only.
     */
    boolean copied(Case stopped, boolean byHand, Instant now) {
        var copies = stopped.copies(now);
        return peers(stopped, "RUNNING").anyMatch(copies)
                || (!byHand && peers(stopped, "STOPPED").anyMatch(copies));
    }

    private Stream<Peer> peers(Case stopped, String desiredStatus) {
        return world
                .peers(
                        new Peers.Query(
                                stopped.task().clusterArn(), stopped.family(), desiredStatus))
                .stream();
    }
}
