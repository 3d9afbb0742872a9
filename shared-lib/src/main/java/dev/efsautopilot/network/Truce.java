package dev.efsautopilot.network;

import dev.efsautopilot.aws.Ledger;
import dev.efsautopilot.json.Json;
import dev.efsautopilot.network.NfsStep.AttachGroup;
import dev.efsautopilot.network.NfsStep.AuthorizeEgress;
import dev.efsautopilot.network.NfsStep.AuthorizeIngress;
import dev.efsautopilot.network.NfsStep.CreateMountTarget;
import dev.efsautopilot.plan.NotYet;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.BiPredicate;

/**
 * Never a fight with another tool: a rule that somebody revoked is put back once, and so is what
 * went when somebody replaced the groups of a mount target. Where that happens again within the
 * hour, it is left alone until an hour has passed.
 */
public final class Truce {

    private final Ledger ledger;

    /** A truce that this ledger remembers. */
    public Truce(Ledger ledger) {
        this.ledger = ledger;
    }

    /** The plan without the rules that are left alone, which become refusals. */
    public NfsPlan respected(NfsPlan plan, Instant now) {
        return filtered(plan, (_, key) -> kept(key, now));
    }

    private boolean kept(String key, Instant now) {
        return ledger.read(key)
                .map(entry -> Revocation.parse(entry.body()))
                .filter(last -> last.leftAlone() && last.recent(now))
                .isEmpty();
    }

    /**
     * The plan after a loss, without the rules that were put back already. What else it opens was
     * not taken away, and is not counted as that.
     *
     * @param facts what the plan was made from
     * @param revokedAt when it was taken away, which tells a repeated event from a new one
     */
    public NfsPlan puttingBack(
            NfsPlan plan, Loss loss, NfsFacts facts, Instant revokedAt, Instant now) {
        return filtered(
                plan,
                (step, key) ->
                        loss.putBackBy(step, facts)
                                ? putBack(loss, key, revokedAt, now)
                                : kept(key, now));
    }

    private boolean putBack(Loss loss, String key, Instant revokedAt, Instant now) {
        var counted = loss.counted(key);
        var next = next(counted, revokedAt, now);
        if (next.leftAlone() && !counted.equals(key)) {
            // The groups are others than last time: whoever opens them later finds this.
            write(key, ledger.read(key), next, now);
        }
        return !next.leftAlone();
    }

    private Revocation next(String key, Instant revokedAt, Instant now) {
        var there = ledger.read(key);
        var last = there.map(entry -> Revocation.parse(entry.body()));
        var next = Revocation.next(last, revokedAt, now);
        if (!last.equals(Optional.of(next))) {
            write(key, there, next, now);
        }
        return next;
    }

    private void write(
            String key, Optional<Ledger.Entry> there, Revocation revocation, Instant now) {
        var body = Json.MAPPER.valueToTree(revocation.toMap());
        var expires = now.plus(Duration.ofDays(1));
        var written =
                there.map(entry -> ledger.replace(entry, body, expires))
                        .orElseGet(() -> ledger.create(key, body, expires));
        if (!written) {
            throw new NotYet(key + " is just being written");
        }
    }

    private static NfsPlan filtered(NfsPlan plan, BiPredicate<NfsStep, String> wanted) {
        var kept = new NfsPlan(List.of(), plan.refusals());
        for (var step : plan.steps()) {
            kept =
                    kept.and(
                            rule(step)
                                    .filter(rule -> !wanted.test(step, rule.key()))
                                    .map(rule ->
                                            NfsPlan.refused(
                                                    NfsRefusals.leftAlone(
                                                            rule.group(), rule.peer())))
                                    .orElseGet(() -> NfsPlan.of(step)));
        }
        return kept;
    }

    /** A rule as the ledger knows it. */
    private record Rule(String way, String group, String peer) {

        private String key() {
            return way + "#" + group + "#" + peer;
        }
    }

    private static Optional<Rule> rule(NfsStep step) {
        return switch (step) {
            case AuthorizeIngress it ->
                    Optional.of(new Rule("revoked", it.mountTargetGroup(), it.taskGroup()));
            case AuthorizeEgress it ->
                    Optional.of(new Rule("revoked-egress", it.taskGroup(), it.mountTargetGroup()));
            case CreateMountTarget _, AttachGroup _ -> Optional.empty();
        };
    }
}
