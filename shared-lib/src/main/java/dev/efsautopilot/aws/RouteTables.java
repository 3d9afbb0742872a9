package dev.efsautopilot.aws;

import java.util.Objects;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.ec2.model.Route;
import software.amazon.awssdk.services.ec2.model.RouteState;
import software.amazon.awssdk.services.ec2.model.RouteTableAssociation;

/** From the SDK's route table to the record. */
final class RouteTables {

    private RouteTables() {}

    static RouteTable table(software.amazon.awssdk.services.ec2.model.RouteTable found) {
        return new RouteTable(
                found.routeTableId(),
                found.associations().stream()
                        .map(RouteTableAssociation::subnetId)
                        .filter(Objects::nonNull)
                        .collect(Collectors.toUnmodifiableSet()),
                found.associations().stream().anyMatch(one -> Boolean.TRUE.equals(one.main())),
                found.routes().stream().map(RouteTables::route).toList());
    }

    private static RouteTable.Route route(Route found) {
        var cidr =
                found.destinationCidrBlock() == null
                        ? found.destinationIpv6CidrBlock()
                        : found.destinationCidrBlock();
        return new RouteTable.Route(
                Objects.requireNonNullElse(cidr, ""), found.state() != RouteState.BLACKHOLE);
    }
}
