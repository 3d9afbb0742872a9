package dev.efsautopilot.diagnosis;

import static java.util.Comparator.comparingInt;

import dev.efsautopilot.aws.RouteTable;
import dev.efsautopilot.network.Cidr;
import dev.efsautopilot.network.MountTargetSide;
import dev.efsautopilot.network.NfsClient;
import java.util.List;
import java.util.Optional;

/**
 * What route tables do to NFS within a VPC. The local route can't be removed, but a more specific
 * one may lead away from it, e.g. to a firewall that is gone.
 */
final class RouteWay {

    private RouteWay() {}

    /** What is closed, in words; empty where all is open, as it is within a subnet. */
    static Optional<String> closed(
            NfsClient client, MountTargetSide target, List<RouteTable> tables) {
        if (client.subnetId().equals(target.target().subnetId())) {
            return Optional.empty();
        }
        return lost(tables, client.subnetId(), target.addresses())
                .or(() -> lost(tables, target.target().subnetId(), client.addresses()));
    }

    private static Optional<String> lost(
            List<RouteTable> tables, String subnetId, List<String> addresses) {
        var table = of(tables, subnetId);
        return addresses.stream()
                .flatMap(address -> Cidr.parse(address).stream())
                .flatMap(address -> table.stream().flatMap(one -> lost(one, address).stream()))
                .findFirst()
                .map(why -> why + " of " + subnetId);
    }

    private static Optional<RouteTable> of(List<RouteTable> tables, String subnetId) {
        return tables.stream()
                .filter(table -> table.subnetIds().contains(subnetId))
                .findFirst()
                .or(() -> tables.stream().filter(RouteTable::main).findFirst());
    }

    private static Optional<String> lost(RouteTable table, Cidr address) {
        return table.routes().stream()
                .filter(route ->
                        Cidr.parse(route.cidr()).filter(it -> it.contains(address)).isPresent())
                .max(comparingInt(route -> Cidr.parse(route.cidr()).map(Cidr::prefix).orElse(0)))
                .filter(route -> !route.active())
                .map(route -> "the route to " + route.cidr() + " in " + table.id());
    }
}
