package dev.efsautopilot.aws;

import java.util.List;
import java.util.Set;

/**
 * A route table: of the routes that match an address the one with the longest prefix counts.
 *
 * @param id {@code rtb-…}
 * @param subnetIds the subnets that have it explicitly
 * @param main whether it is that of all subnets of its VPC which have none explicitly
 * @param routes its routes
 */
public record RouteTable(String id, Set<String> subnetIds, boolean main, List<Route> routes) {

    /**
     * One route.
     *
     * @param cidr where it leads, IPv4 or IPv6; "" for a prefix list
     * @param active false for a black hole, whose target is gone
     */
    public record Route(String cidr, boolean active) {}
}
