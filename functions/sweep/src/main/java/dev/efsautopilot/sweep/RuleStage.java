package dev.efsautopilot.sweep;

import dev.efsautopilot.aws.Ec2;
import dev.efsautopilot.aws.NetworkInterfaces;
import dev.efsautopilot.aws.SecurityRule;
import dev.efsautopilot.aws.SecurityRule.Peer;
import dev.efsautopilot.aws.SecurityRules;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Rules of our own that let nobody through: one of their two groups has no network interface, so
 * that its tasks, or the mount target, are gone. To take such a rule away closes nothing for
 * anybody; a task that comes back has it opened again.
 */
final class RuleStage implements Stage {

    private final NetworkInterfaces interfaces;
    private final SecurityRules all;
    private final String stack;
    private final Duration retention;
    private Map<String, SecurityRule> rules = Map.of();

    RuleStage(Ec2 ec2, String stack, Duration retention) {
        this.interfaces = ec2.networkInterfaces();
        this.all = ec2.securityRules();
        this.stack = stack;
        this.retention = retention;
    }

    @Override
    public String name() {
        return "rules";
    }

    @Override
    public List<String> keys(Round round, boolean resumed) {
        rules =
                all.managed(stack).stream()
                        .filter(RuleStage::isOurs)
                        .collect(
                                Collectors.toMap(
                                        SecurityRule::id,
                                        Function.identity(),
                                        (one, _) -> one,
                                        TreeMap::new));
        return List.copyOf(rules.keySet());
    }

    /** The tag alone is not enough: no rule that this software never makes is removed. */
    private static boolean isOurs(SecurityRule rule) {
        return rule.peer() instanceof Peer.Group
                && rule.protocol().equals("tcp")
                && rule.fromPort() == SecurityRule.NFS
                && rule.toPort() == SecurityRule.NFS;
    }

    /** EC2 takes 200 values in a filter, and a rule has two groups. */
    @Override
    public int batch() {
        return 100;
    }

    @Override
    public void look(List<String> keys, Round round) {
        var batch = keys.stream().flatMap(key -> Stream.ofNullable(rules.get(key))).toList();
        var inUse =
                interfaces.groupsInUse(
                        batch.stream().flatMap(rule -> both(rule).stream()).distinct().toList());
        for (var rule : batch) {
            round.findings().count("rules");
            round.findings().attempt(() -> look(rule, inUse, round));
        }
    }

    private static Set<String> both(SecurityRule rule) {
        return rule.peer() instanceof Peer.Group(var peer)
                ? Stream.of(rule.groupId(), peer).collect(Collectors.toSet())
                : Set.of(rule.groupId());
    }

    private void look(SecurityRule rule, Set<String> inUse, Round round) {
        var memory = round.memory();
        if (inUse.containsAll(both(rule))) {
            memory.unused(known -> known.without(rule.id()));
            return;
        }
        round.findings().count("rulesUnused");
        memory.unused(known -> known.seen(rule.id(), round.now()));
        if (memory.unused().isDue(rule.id(), retention, round.now())) {
            if (!round.dryRun()) {
                all.revoke(rule);
                memory.unused(known -> known.without(rule.id()));
            }
            var empty = both(rule).stream().filter(group -> !inUse.contains(group)).sorted();
            round.findings()
                    .did(
                            List.of(
                                    new SweepStep.RevokeRule(
                                            rule.id(),
                                            rule.groupId(),
                                            "nothing has been in "
                                                    + String.join(" and ", empty.toList())
                                                    + " for "
                                                    + retention.toDays()
                                                    + " days")));
        }
    }
}
