package dev.efsautopilot.network;

import dev.efsautopilot.aws.Ec2;
import dev.efsautopilot.aws.Efs;
import dev.efsautopilot.aws.MountTargets;
import dev.efsautopilot.aws.NfsRules;
import dev.efsautopilot.aws.RuleMade;
import dev.efsautopilot.aws.S3Files;
import dev.efsautopilot.network.NfsStep.AttachGroup;
import dev.efsautopilot.network.NfsStep.AuthorizeEgress;
import dev.efsautopilot.network.NfsStep.AuthorizeIngress;
import dev.efsautopilot.network.NfsStep.CreateMountTarget;
import java.util.Collection;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Opens NFS between tasks and their file systems: the only writer of security group rules. Read
 * with {@link NfsReader#client}, plan, apply.
 */
public final class OpenNfs {

    private final NfsReader reader;
    private final IngressGap gap;
    private final MountTargets targets;
    private final NfsRules rules;
    private final ManagedGroup managed;

    /** Opens through these clients what the policy allows. */
    public OpenNfs(NfsReader reader, Efs efs, Ec2 ec2, NfsPolicy policy) {
        this.reader = reader;
        this.gap = new IngressGap(policy);
        this.targets = efs.mountTargets();
        this.rules = ec2.nfsRules();
        this.managed = new ManagedGroup(efs, ec2, policy.stackName());
    }

    /**
     * What opens these file systems to these clients. Reads, and changes nothing.
     *
     * @param family the task definition's family, which rules name as what they are for
     */
    public NfsPlan plan(List<NfsClient> clients, Collection<String> fileSystemIds, String family) {
        return plan(reader.facts(clients, fileSystemIds, family));
    }

    /** The same from facts that are read already. */
    public NfsPlan plan(NfsFacts facts) {
        return gap.plan(facts);
    }

    /**
     * Does it.
     *
     * @return what was done (a rule names the group that it came to), and what was refused, also
     *     before
     */
    public NfsPlan apply(NfsPlan plan) {
        var done = new NfsPlan(List.of(), plan.refusals());
        for (var step : plan.steps()) {
            done = done.and(apply(step));
        }
        return done;
    }

    private NfsPlan apply(NfsStep step) {
        return switch (step) {
            case AuthorizeIngress it ->
                    onFirst(
                            it.groups(),
                            group ->
                                    rules.ingress(
                                            group, it.taskGroup(), it.description(), it.tags()),
                            it::on,
                            () ->
                                    S3Files.names(it.fileSystemId())
                                            ? NfsPlan.refused(NfsRefusals.full(it.groups()))
                                            : managed.letIn(it));
            case AuthorizeEgress it ->
                    onFirst(
                            it.groups(),
                            group ->
                                    rules.egress(
                                            group,
                                            it.mountTargetGroup(),
                                            it.description(),
                                            it.tags()),
                            it::on,
                            () -> NfsPlan.refused(NfsRefusals.full(it.groups())));
            case CreateMountTarget it ->
                    targets.create(it.fileSystemId(), it.subnetId(), it.securityGroups())
                            .map(NfsPlan::refused)
                            .orElseGet(() -> NfsPlan.of(it));
            case AttachGroup it -> throw new IllegalStateException("never planned: " + it);
        };
    }

    /** The first group that is not full gets the rule. */
    private static NfsPlan onFirst(
            List<String> candidates,
            Function<String, RuleMade> make,
            Function<String, NfsStep> made,
            Supplier<NfsPlan> allFull) {
        for (var group : candidates) {
            switch (make.apply(group)) {
                case MADE, THERE -> {
                    return NfsPlan.of(made.apply(group));
                }
                case GONE -> {
                    return NfsPlan.refused(NfsRefusals.gone(group));
                }
                case FULL -> {}
            }
        }
        return allFull.get();
    }
}
