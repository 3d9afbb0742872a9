package dev.efsautopilot.diagnosis;

import dev.efsautopilot.aws.Subnet;
import java.util.List;
import java.util.Optional;

/** What is between the subnets of both ends. */
final class SubnetChecks {

    private SubnetChecks() {}

    static List<Finding> of(NetworkFacts network, Way way) {
        return List.of(
                Finding.of(
                        Check.NETWORK_ACLS,
                        network.acls(),
                        acls ->
                                verdict(
                                        Check.NETWORK_ACLS,
                                        new AclWay(acls, known(network.subnets())).closed(way),
                                        "network ACLs let NFS and its answers through")),
                Finding.of(
                        Check.ROUTES,
                        network.routes(),
                        tables ->
                                verdict(
                                        Check.ROUTES,
                                        new RouteWay(tables).closed(way),
                                        "no route leads into nothing")));
    }

    private static Finding verdict(Check check, Optional<Obstacle> found, String otherwise) {
        return found.map(it -> Finding.broken(check, it.what(), it.repair()))
                .orElseGet(() -> Finding.ok(check, otherwise));
    }

    private static List<Subnet> known(Fact<List<Subnet>> subnets) {
        return switch (subnets) {
            case Fact.Known<List<Subnet>>(var value) -> value;
            case Fact.Unknown<List<Subnet>> _ -> List.of();
        };
    }
}
