package dev.efsautopilot.diagnosis;

import static java.util.Comparator.comparingInt;

import dev.efsautopilot.aws.RouteTable;
import dev.efsautopilot.network.Cidr;
import java.util.List;
import java.util.Optional;

/**
 * What route tables do to NFS within a VPC. The local route can't be removed, but a more specific
 * one may lead away from it, e.g. to a firewall that is gone.
 *
 * @param tables the route tables of the VPC
 */
record RouteWay(List<RouteTable> tables) {

    /** What is closed; empty where all is open, as it is within a subnet. */
    Optional<Obstacle> closed(Way way) {
        return way.withinSubnet()
                ? Optional.empty()
                : way.ends()
                        .flatMap(ends ->
                                lost(way.client().subnetId(), ends.server())
                                        .or(() -> lost(way.targetSubnet(), ends.task())));
    }

    private Optional<Obstacle> lost(String subnetId, Cidr address) {
        return tables.stream()
                .filter(table -> table.subnetIds().contains(subnetId))
                .findFirst()
                .or(() -> tables.stream().filter(RouteTable::main).findFirst())
                .flatMap(table ->
                        lost(table, address).map(route -> obstacle(table, route, subnetId)));
    }

    private static Optional<RouteTable.Route> lost(RouteTable table, Cidr address) {
        return table.routes().stream()
                .filter(route ->
                        Cidr.parse(route.cidr()).filter(it -> it.contains(address)).isPresent())
                .max(comparingInt(route -> Cidr.parse(route.cidr()).map(Cidr::prefix).orElse(0)))
                .filter(route -> !route.active());
    }

    private static Obstacle obstacle(RouteTable table, RouteTable.Route route, String subnetId) {
        var option =
                route.cidr().contains(":")
                        ? "destination-ipv6-cidr-block"
                        : "destination-cidr-block";
        return new Obstacle(
                "the route of %s to %s in %s leads into nothing"
                        .formatted(subnetId, route.cidr(), table.id()),
                "aws ec2 delete-route --route-table-id %s --%s %s"
                        .formatted(table.id(), option, route.cidr()));
    }
}
