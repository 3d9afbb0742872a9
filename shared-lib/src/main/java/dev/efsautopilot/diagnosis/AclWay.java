package dev.efsautopilot.diagnosis;

import dev.efsautopilot.aws.NetworkAcl;
import dev.efsautopilot.aws.NetworkAcl.Entry;
import dev.efsautopilot.aws.Subnet;
import dev.efsautopilot.network.Cidr;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;

/**
 * What network ACLs do to NFS: they have no memory, so the answers, to the ports that Linux chooses
 * for clients, need to be let through as well.
 *
 * @param acls the network ACLs of both subnets
 * @param subnets both subnets, whose blocks a repair names; none where they are not known
 */
record AclWay(List<NetworkAcl> acls, List<Subnet> subnets) {

    private static final Ports NFS = new Ports(2049, 2049);

    /** Linux's {@code ip_local_port_range}. */
    private static final Ports EPHEMERAL = new Ports(32768, 60999);

    private static final Set<String> TCP = Set.of("-1", "6");

    /** The entry that denies what no other entry allows has no number of its own. */
    private static final int LAST = 32766;

    private record Ports(int from, int to) {

        @Override
        public String toString() {
            return from == to ? "" + from : from + "-" + to;
        }
    }

    /** Traffic through the border of a subnet, to or from its peer. */
    private record Passage(
            String subnet, boolean egress, Cidr peer, String peerSubnet, Ports ports) {}

    /** What is closed; empty where all is open, as it is within a subnet. */
    Optional<Obstacle> closed(Way way) {
        return way.withinSubnet()
                ? Optional.empty()
                : way.ends()
                        .flatMap(ends ->
                                passages(way, ends).stream()
                                        .flatMap(one -> closed(one).stream())
                                        .findFirst());
    }

    private static List<Passage> passages(Way way, Way.Ends ends) {
        var client = way.client().subnetId();
        var target = way.targetSubnet();
        return List.of(
                new Passage(client, true, ends.server(), target, NFS),
                new Passage(target, false, ends.task(), client, NFS),
                new Passage(target, true, ends.task(), client, EPHEMERAL),
                new Passage(client, false, ends.server(), target, EPHEMERAL));
    }

    private Optional<Obstacle> closed(Passage passage) {
        return acls.stream()
                .filter(acl -> acl.subnetIds().contains(passage.subnet()))
                .findFirst()
                .flatMap(acl -> closed(acl, passage));
    }

    private Optional<Obstacle> closed(NetworkAcl acl, Passage passage) {
        var entries =
                acl.entries().stream()
                        .filter(entry ->
                                entry.egress() == passage.egress()
                                        && TCP.contains(entry.protocol())
                                        && Cidr.parse(entry.cidr())
                                                .filter(it -> it.contains(passage.peer()))
                                                .isPresent())
                        .sorted(Comparator.comparingInt(Entry::number))
                        .toList();
        return edges(entries, passage.ports())
                .filter(port -> first(entries, port).filter(Entry::allow).isEmpty())
                .mapToObj(port -> first(entries, port).map(Entry::number).orElse(LAST + 1))
                .findFirst()
                .map(denying ->
                        new Obstacle(what(acl, passage), repair(acl, passage, denying - 1)));
    }

    /** A verdict changes only where an entry begins or has ended. */
    private static IntStream edges(List<Entry> entries, Ports ports) {
        var edges = new TreeSet<Integer>(List.of(ports.from()));
        entries.forEach(entry -> edges.addAll(List.of(entry.fromPort(), entry.toPort() + 1)));
        return edges.subSet(ports.from(), true, ports.to(), true).stream()
                .mapToInt(Integer::intValue);
    }

    private static Optional<Entry> first(List<Entry> entries, int port) {
        return entries.stream()
                .filter(entry -> entry.fromPort() <= port && port <= entry.toPort())
                .findFirst();
    }

    private static String what(NetworkAcl acl, Passage passage) {
        return "%s denies TCP %s on the way %s %s"
                .formatted(
                        acl.id(),
                        passage.ports(),
                        passage.egress() ? "out of" : "in to",
                        passage.subnet());
    }

    /** An entry with the highest number that is free before the one that denies. */
    private String repair(NetworkAcl acl, Passage passage, int highest) {
        var taken =
                acl.entries().stream()
                        .filter(entry -> entry.egress() == passage.egress())
                        .map(Entry::number)
                        .toList();
        var number =
                IntStream.iterate(highest, it -> it > 0, it -> it - 1)
                        .filter(it -> !taken.contains(it))
                        .findFirst()
                        .orElse(highest);
        return "aws ec2 create-network-acl-entry --network-acl-id %s --%s --rule-number %d --protocol 6 --port-range From=%d,To=%d --%s %s --rule-action allow"
                .formatted(
                        acl.id(),
                        passage.egress() ? "egress" : "ingress",
                        number,
                        passage.ports().from(),
                        passage.ports().to(),
                        passage.peer().bits() == 32 ? "cidr-block" : "ipv6-cidr-block",
                        block(passage));
    }

    /** The whole subnet of the peer, since its next task has another address. */
    private String block(Passage passage) {
        return subnets.stream()
                .filter(subnet -> subnet.id().equals(passage.peerSubnet()))
                .flatMap(subnet -> subnet.blocks().stream())
                .filter(block ->
                        Cidr.parse(block).filter(it -> it.contains(passage.peer())).isPresent())
                .findFirst()
                .orElseGet(() -> passage.peer().text());
    }
}
