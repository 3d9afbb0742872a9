package dev.efsautopilot.network;

import dev.efsautopilot.aws.Ec2;
import dev.efsautopilot.aws.Efs;
import dev.efsautopilot.aws.MountTarget;
import dev.efsautopilot.aws.MountTargets;
import dev.efsautopilot.aws.NfsRules;
import dev.efsautopilot.aws.SecurityGroups;
import dev.efsautopilot.network.NfsStep.AttachGroup;
import dev.efsautopilot.network.NfsStep.AuthorizeIngress;
import dev.efsautopilot.plan.NotYet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The last resort where every security group of a mount target is full: one more, made by this
 * software for the file system, tagged so, and given to its mount targets. It has ingress from
 * security groups on TCP 2049 alone; the egress that AWS gives to every new group is of no use to a
 * mount target, which opens no connections.
 */
final class ManagedGroup {

    /** "An array of up to five VPC security group IDs." (EFS, ModifyMountTargetSecurityGroups) */
    private static final int MOST = 5;

    private final MountTargets targets;
    private final SecurityGroups groups;
    private final NfsRules rules;
    private final Map<String, String> tags;

    ManagedGroup(Efs efs, Ec2 ec2, String stackName) {
        this.targets = efs.mountTargets();
        this.groups = ec2.securityGroups();
        this.rules = ec2.nfsRules();
        this.tags = Map.of(IngressGap.MANAGED, stackName);
    }

    /** Makes the rule in the file system's managed group, and gives that to the mount target. */
    NfsPlan letIn(AuthorizeIngress rule) {
        var target = targets.find(rule.mountTargetId());
        if (target.isEmpty()) {
            throw new NotYet(rule.mountTargetId() + " is gone");
        }
        var attached = targets.securityGroups(target.get());
        var name = "efs-autopilot-" + rule.fileSystemId();
        var there = groups.named(target.get().vpcId(), name);
        if (there.filter(group -> !group.tags().containsKey(IngressGap.MANAGED)).isPresent()) {
            return NfsPlan.refused(NfsRefusals.notOurs(there.get().id(), name));
        }
        var tried = there.filter(group -> rule.groups().contains(group.id())).isPresent();
        var room =
                attached.size() < MOST
                        || there.filter(group -> attached.contains(group.id())).isPresent();
        if (tried || !room) {
            return NfsPlan.refused(NfsRefusals.full(attached));
        }
        var id = there.map(SecurityGroups.Named::id).orElseGet(() -> make(target.get(), name));
        return switch (rules.ingress(id, rule.taskGroup(), rule.description(), rule.tags())) {
            case MADE, THERE -> NfsPlan.of(rule.on(id)).and(attach(target.get(), id));
            case FULL -> NfsPlan.refused(NfsRefusals.full(attached));
            case GONE -> throw new NotYet(id + " is just being made");
        };
    }

    private String make(MountTarget target, String name) {
        var description = "NFS to " + target.fileSystemId() + ", whose own groups are full";
        return groups.create(target.vpcId(), name, description, tags)
                .or(() -> groups.named(target.vpcId(), name).map(SecurityGroups.Named::id))
                .orElseThrow(() -> new NotYet(name + " is just being made"));
    }

    /** The call replaces the whole list, so it is read right before, and again after. */
    private NfsPlan attach(MountTarget target, String id) {
        var before = targets.securityGroups(target);
        if (before.contains(id)) {
            return NfsPlan.NOTHING;
        }
        var wanted = Stream.concat(before.stream(), Stream.of(id)).toList();
        targets.replaceSecurityGroups(target, wanted);
        if (!new HashSet<>(targets.securityGroups(target)).equals(new HashSet<>(wanted))) {
            throw new NotYet("somebody else is changing the groups of " + target.id());
        }
        return NfsPlan.of(
                new AttachGroup(
                        target.fileSystemId(),
                        target.id(),
                        id,
                        "its own groups are full: " + String.join(" ", List.copyOf(before))));
    }
}
