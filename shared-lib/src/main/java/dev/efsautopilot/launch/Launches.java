package dev.efsautopilot.launch;

import dev.efsautopilot.aws.Ledger;
import dev.efsautopilot.plan.NotYet;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** The launches that the ledger remembers, for 14 days each. */
public final class Launches {

    private static final Duration KEPT = Duration.ofDays(14);

    private final Ledger ledger;

    /** Launches in this ledger. */
    public Launches(Ledger ledger) {
        this.ledger = ledger;
    }

    /** How this task was launched; empty where nothing told. */
    public Optional<LaunchRecord> of(String taskArn) {
        return ledger.read(key(taskArn)).map(entry -> LaunchRecord.parse(entry.body()));
    }

    /**
     * Remembers a launch, together with what is remembered already, in either order.
     *
     * @throws NotYet where another writer was first
     */
    public void remember(String taskArn, LaunchRecord launch, Instant now) {
        if (ledger.create(key(taskArn), launch.toJson(), now.plus(KEPT))) {
            return;
        }
        var there = ledger.read(key(taskArn)).orElseThrow(() -> busy(taskArn));
        var known = LaunchRecord.parse(there.body());
        var merged = known.merge(launch);
        if (!merged.equals(known) && !ledger.replace(there, merged.toJson(), now.plus(KEPT))) {
            throw busy(taskArn);
        }
    }

    private static NotYet busy(String taskArn) {
        return new NotYet("the launch of " + taskArn + " is just being written");
    }

    private static String key(String taskArn) {
        return "launch#" + taskArn;
    }
}
