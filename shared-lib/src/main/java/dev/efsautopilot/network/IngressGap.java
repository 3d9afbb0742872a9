package dev.efsautopilot.network;

import dev.efsautopilot.aws.FileSystem;
import dev.efsautopilot.aws.S3Files;
import dev.efsautopilot.network.NfsStep.AuthorizeEgress;
import dev.efsautopilot.network.NfsStep.AuthorizeIngress;
import java.util.List;
import java.util.Map;

/**
 * What is closed between a task and its file systems, and the one narrowest step that opens each.
 * Pure: the same facts always give the same plan.
 *
 * @param policy what may be done
 */
public record IngressGap(NfsPolicy policy) {

    /** The tag of everything that this software made; its value is the stack's name. */
    public static final String MANAGED = "efs-autopilot/managed";

    /** The API's limit of a rule's description. */
    private static final int DESCRIPTION = 255;

    /** What opens every file system to every client. */
    public NfsPlan plan(NfsFacts facts) {
        var plan = NfsPlan.NOTHING;
        for (var fileSystem : facts.fileSystems()) {
            for (var client : facts.clients()) {
                plan = plan.and(plan(facts.after(plan), client, fileSystem));
            }
        }
        return plan;
    }

    private NfsPlan plan(NfsFacts facts, NfsClient client, FileSystemSide side) {
        return side.fileSystem()
                .map(found ->
                        found.allow().isPresent()
                                ? allowed(facts, client, side, found)
                                : NfsPlan.refused(NfsRefusals.notAllowed(side.id())))
                .orElseGet(() -> NfsPlan.refused(NfsRefusals.noFileSystem(side.id())));
    }

    private NfsPlan allowed(
            NfsFacts facts, NfsClient client, FileSystemSide side, FileSystem fileSystem) {
        if (!side.mountTargets().stream().allMatch(one -> facts.sameNetwork(client, one))) {
            return NfsPlan.refused(NfsRefusals.otherVpc(side.id(), client.vpcId()));
        }
        return side.near(client)
                .map(target -> reach(facts, client, target))
                .orElseGet(() ->
                        client.placed()
                                ? noMountTarget(facts, client, side, fileSystem)
                                : NfsPlan.NOTHING);
    }

    private NfsPlan noMountTarget(
            NfsFacts facts, NfsClient client, FileSystemSide side, FileSystem fileSystem) {
        var zone = client.availabilityZone();
        if (fileSystem.availabilityZone().isPresent()) {
            return NfsPlan.refused(
                    NfsRefusals.oneZone(side.id(), fileSystem.availabilityZone().get(), zone));
        }
        var onS3Files = S3Files.names(side.id());
        if (!policy.createMountTargets() || side.mountTargets().isEmpty() || onS3Files) {
            return NfsPlan.refused(NfsRefusals.noMountTarget(side.id(), zone, client.subnetId()));
        }
        var example = side.mountTargets().getFirst();
        return NfsPlan.of(
                        new NfsStep.CreateMountTarget(
                                side.id(),
                                client.subnetId(),
                                sorted(example.securityGroups()),
                                "a task runs in " + zone + ", where the file system has none"))
                .and(reach(facts, client, example));
    }

    private NfsPlan reach(NfsFacts facts, NfsClient client, MountTargetSide target) {
        if (target.securityGroups().isEmpty() && target.target().state().equals("creating")) {
            return NfsPlan.NOTHING;
        }
        if (client.securityGroups().isEmpty() || target.securityGroups().isEmpty()) {
            return NfsPlan.refused(NfsRefusals.noGroups(target.target().id()));
        }
        return ingress(facts, client, target).and(egress(facts, client, target));
    }

    private NfsPlan ingress(NfsFacts facts, NfsClient client, MountTargetSide target) {
        if (facts.doors().in(client, target).isPresent()) {
            return NfsPlan.NOTHING;
        }
        var groups = sorted(target.securityGroups());
        var source = sorted(client.securityGroups()).getFirst();
        return NfsPlan.of(
                new AuthorizeIngress(
                        target.target().fileSystemId(),
                        target.target().id(),
                        groups.getFirst(),
                        rest(groups),
                        source,
                        description("NFS from " + source + " for " + facts.family()),
                        tags(),
                        "no rule lets the task in to " + target.target().id()));
    }

    private NfsPlan egress(NfsFacts facts, NfsClient client, MountTargetSide target) {
        if (facts.doors().out(client, target).isPresent()) {
            return NfsPlan.NOTHING;
        }
        var groups = sorted(client.securityGroups());
        if (!policy.manageEgress()) {
            return NfsPlan.refused(NfsRefusals.closedEgress(groups));
        }
        var to = sorted(target.securityGroups()).getFirst();
        return NfsPlan.of(
                new AuthorizeEgress(
                        target.target().fileSystemId(),
                        groups.getFirst(),
                        rest(groups),
                        to,
                        description("NFS to " + to + " for " + facts.family()),
                        tags(),
                        "no rule lets the task out to " + target.target().id()));
    }

    private Map<String, String> tags() {
        return Map.of(MANAGED, policy.stackName());
    }

    private static String description(String text) {
        var whole = "efs-autopilot: " + text;
        return whole.length() <= DESCRIPTION ? whole : whole.substring(0, DESCRIPTION);
    }

    /** The lowest id first, so that a hundred tasks at once choose the same. */
    private static List<String> sorted(List<String> groups) {
        return groups.stream().sorted().distinct().toList();
    }

    private static List<String> rest(List<String> groups) {
        return groups.subList(1, groups.size());
    }
}
