package dev.efsautopilot.diagnosis;

import dev.efsautopilot.aws.NetworkAcl;
import dev.efsautopilot.aws.NetworkAcl.Entry;
import dev.efsautopilot.network.Cidr;
import dev.efsautopilot.network.MountTargetSide;
import dev.efsautopilot.network.NfsClient;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * What network ACLs do to NFS: they have no memory, so the answers, to the ports that Linux chooses
 * for clients, need to be let through as well.
 */
final class AclWay {

    private static final Ports NFS = new Ports(2049, 2049);

    /** Linux's {@code ip_local_port_range}. */
    private static final Ports EPHEMERAL = new Ports(32768, 60999);

    private static final Set<String> TCP = Set.of("-1", "6");

    private AclWay() {}

    private record Ports(int from, int to) {}

    /** What is closed, in words; empty where all is open, as it is within a subnet. */
    static Optional<String> closed(
            NfsClient client, MountTargetSide target, List<NetworkAcl> acls) {
        var targetSubnet = target.target().subnetId();
        if (client.subnetId().equals(targetSubnet)) {
            return Optional.empty();
        }
        var server = Cidr.parse(target.target().ipAddress());
        var task =
                client.addresses().stream()
                        .flatMap(address -> Cidr.parse(address).stream())
                        .filter(address ->
                                server.filter(one -> one.bits() == address.bits()).isPresent())
                        .findFirst();
        if (server.isEmpty() || task.isEmpty()) {
            return Optional.empty();
        }
        var clientAcl = of(acls, client.subnetId());
        var targetAcl = of(acls, targetSubnet);
        return denied(clientAcl, true, server.get(), NFS)
                .or(() -> denied(targetAcl, false, task.get(), NFS))
                .or(() -> denied(targetAcl, true, task.get(), EPHEMERAL))
                .or(() -> denied(clientAcl, false, server.get(), EPHEMERAL));
    }

    private static Optional<NetworkAcl> of(List<NetworkAcl> acls, String subnetId) {
        return acls.stream().filter(acl -> acl.subnetIds().contains(subnetId)).findFirst();
    }

    private static Optional<String> denied(
            Optional<NetworkAcl> acl, boolean egress, Cidr peer, Ports ports) {
        return acl.filter(one -> !allows(one, egress, peer, ports))
                .map(one ->
                        one.id()
                                + " denies TCP "
                                + (ports.from() == ports.to()
                                        ? "" + ports.from()
                                        : ports.from() + "-" + ports.to())
                                + (egress ? " on the way out of " : " on the way in to ")
                                + String.join(" ", new TreeSet<>(one.subnetIds())));
    }

    private static boolean allows(NetworkAcl acl, boolean egress, Cidr peer, Ports ports) {
        var entries =
                acl.entries().stream()
                        .filter(entry -> entry.egress() == egress && TCP.contains(entry.protocol()))
                        .filter(entry ->
                                Cidr.parse(entry.cidr())
                                        .filter(block -> block.contains(peer))
                                        .isPresent())
                        .sorted(Comparator.comparingInt(Entry::number))
                        .toList();
        // A verdict changes only where an entry begins or has ended.
        var edges = new TreeSet<Integer>(List.of(ports.from()));
        entries.forEach(entry -> edges.addAll(List.of(entry.fromPort(), entry.toPort() + 1)));
        return edges.subSet(ports.from(), true, ports.to(), true).stream()
                .allMatch(port -> allows(entries, port));
    }

    private static boolean allows(List<Entry> entries, int port) {
        return entries.stream()
                .filter(entry -> entry.fromPort() <= port && port <= entry.toPort())
                .findFirst()
                .map(Entry::allow)
                .orElse(false);
    }
}
