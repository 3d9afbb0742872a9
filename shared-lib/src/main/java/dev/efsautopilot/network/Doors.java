package dev.efsautopilot.network;

import dev.efsautopilot.aws.SecurityRule;
import dev.efsautopilot.aws.SecurityRule.Peer;
import dev.efsautopilot.network.NfsStep.AttachGroup;
import dev.efsautopilot.network.NfsStep.AuthorizeEgress;
import dev.efsautopilot.network.NfsStep.AuthorizeIngress;
import dev.efsautopilot.network.NfsStep.CreateMountTarget;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What the rules of some security groups let through on TCP 2049.
 *
 * @param rules every rule of those groups
 */
public record Doors(List<SecurityRule> rules) {

    /** The rule that lets the client into the mount target; empty where none does. */
    public Optional<SecurityRule> in(NfsClient client, MountTargetSide target) {
        return between(
                false,
                target.securityGroups(),
                client.securityGroups(),
                client.addresses(),
                target.addresses());
    }

    /** The rule that lets the client out to the mount target; empty where none does. */
    public Optional<SecurityRule> out(NfsClient client, MountTargetSide target) {
        return between(
                true,
                client.securityGroups(),
                target.securityGroups(),
                target.addresses(),
                client.addresses());
    }

    /** These, and the rules that the plan makes. */
    Doors with(NfsPlan plan) {
        var made = plan.steps().stream().flatMap(step -> made(step).stream());
        return new Doors(Stream.concat(rules.stream(), made).toList());
    }

    private static Optional<SecurityRule> made(NfsStep step) {
        return switch (step) {
            case AuthorizeIngress it ->
                    Optional.of(nfs(false, it.mountTargetGroup(), it.taskGroup(), it.tags()));
            case AuthorizeEgress it ->
                    Optional.of(nfs(true, it.taskGroup(), it.mountTargetGroup(), it.tags()));
            case CreateMountTarget _, AttachGroup _ -> Optional.empty();
        };
    }

    private static SecurityRule nfs(
            boolean egress, String group, String peer, Map<String, String> tags) {
        return new SecurityRule(
                "planned",
                group,
                egress,
                "tcp",
                SecurityRule.NFS,
                SecurityRule.NFS,
                new Peer.Group(peer),
                tags);
    }

    private Optional<SecurityRule> between(
            boolean egress,
            List<String> owners,
            List<String> peers,
            List<String> peerAddresses,
            List<String> ownAddresses) {
        var reachable =
                blocks(peerAddresses)
                        .filter(peer ->
                                blocks(ownAddresses).anyMatch(own -> own.bits() == peer.bits()))
                        .toList();
        return rules.stream()
                .filter(rule -> rule.egress() == egress && rule.coversNfs())
                .filter(rule -> owners.contains(rule.groupId()))
                .filter(rule -> covers(rule.peer(), peers, reachable))
                .min(Comparator.comparing(SecurityRule::id));
    }

    private static boolean covers(Peer peer, List<String> groups, List<Cidr> addresses) {
        return switch (peer) {
            case Peer.Group(var id) -> groups.contains(id);
            case Peer.Block(var cidr) -> covers(Stream.of(cidr), addresses);
            case Peer.PrefixList(_, var entries) -> covers(entries.stream(), addresses);
        };
    }

    private static boolean covers(Stream<String> cidrs, List<Cidr> addresses) {
        return blocks(cidrs.toList())
                .anyMatch(block -> addresses.stream().anyMatch(block::contains));
    }

    private static Stream<Cidr> blocks(List<String> texts) {
        return texts.stream().flatMap(text -> Cidr.parse(text).stream());
    }
}
