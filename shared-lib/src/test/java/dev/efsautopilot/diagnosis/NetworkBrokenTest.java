package dev.efsautopilot.diagnosis;

import dev.efsautopilot.aws.RouteTable;
import dev.efsautopilot.aws.SecurityRule;
import dev.efsautopilot.diagnosis.Fact.Known;
import dev.efsautopilot.diagnosis.NetworkFacts.Dns;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What is wrong between the task and the mount target is found and is the cause. */
final class NetworkBrokenTest {

    static Stream<Broken> network() {
        return Stream.of(
                new Broken(
                        Check.ROUTES,
                        "a route to a firewall that is gone",
                        w ->
                                w.routes =
                                        new Known<>(
                                                List.of(
                                                        Parts.table(
                                                                new RouteTable.Route(
                                                                        "10.0.0.0/16", true),
                                                                new RouteTable.Route(
                                                                        "10.0.9.0/24", false))))),
                new Broken(
                        Check.VPC_DNS,
                        "no DNS support",
                        w -> w.dns = new Known<>(new Dns("vpc-1", false, true))),
                new Broken(
                        Check.VPC_DNS,
                        "no DNS host names",
                        w -> w.dns = new Known<>(new Dns("vpc-1", true, false))),
                new Broken(
                        Check.SECURITY_GROUPS_IN,
                        "no ingress rule",
                        w -> w.rules.removeIf(rule -> !rule.egress())),
                new Broken(
                        Check.SECURITY_GROUPS_OUT,
                        "no egress rule",
                        w -> w.rules.removeIf(SecurityRule::egress)),
                new Broken(
                        Check.NETWORK_ACLS,
                        "NFS denied on the way out",
                        w ->
                                w.acls =
                                        new Known<>(
                                                List.of(
                                                        Parts.acl(
                                                                Parts.entry(
                                                                        50, true, 2049, 2049,
                                                                        false),
                                                                Parts.entry(
                                                                        100, true, 0, 65535, true),
                                                                Parts.entry(
                                                                        100, false, 0, 65535,
                                                                        true))))),
                new Broken(
                        Check.NETWORK_ACLS,
                        "answers denied on the way in",
                        w ->
                                w.acls =
                                        new Known<>(
                                                List.of(
                                                        Parts.acl(
                                                                Parts.entry(
                                                                        100, true, 0, 65535, true),
                                                                Parts.entry(
                                                                        100, false, 0, 40000,
                                                                        true))))),
                new Broken(
                        Check.NETWORK_ACLS,
                        "IPv6 denied where both ends have nothing else",
                        w -> {
                            w.client = new Known<>(Parts.at("2001:db8:1::7"));
                            w.targets = new Known<>(List.of(Parts.side("", "2001:db8:9::1")));
                        }),
                new Broken(
                        Check.RESOLVER,
                        "a name server that does not know the name",
                        w -> {
                            w.resolver = new Known<>(Parts.resolver("10.0.0.53"));
                            w.task = Parts.stoppedFor("Failed to resolve \\\"fs-1.efs.");
                        }));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource
    void network(Broken broken) {
        broken.isTheCauseIn(new HealthyTask());
    }
}
