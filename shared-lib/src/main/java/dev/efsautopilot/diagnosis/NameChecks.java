package dev.efsautopilot.diagnosis;

import dev.efsautopilot.aws.DhcpOptions;
import dev.efsautopilot.diagnosis.NetworkFacts.Dns;
import dev.efsautopilot.network.Cidr;
import dev.efsautopilot.network.NfsClient;
import dev.efsautopilot.stop.StopCause;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Whether the name of the file system resolves where the task is. */
final class NameChecks {

    /** The VPC's resolver under the addresses that all VPCs have. */
    private static final Set<String> AMAZON =
            Set.of(DhcpOptions.AMAZON, "169.254.169.253", "fd00:ec2::253");

    private NameChecks() {}

    static List<Finding> of(TaskFacts facts) {
        return List.of(
                Finding.of(Check.VPC_DNS, facts.network().dns(), NameChecks::dns),
                Finding.of(
                        Check.RESOLVER,
                        facts.network().resolver(),
                        found ->
                                found.map(options -> resolver(facts, options))
                                        .orElseGet(() ->
                                                Finding.unknown(
                                                        Check.RESOLVER, "the VPC is gone"))));
    }

    private static Finding dns(Dns dns) {
        if (dns.support() && dns.hostnames()) {
            return Finding.ok(Check.VPC_DNS, dns.vpcId() + " resolves names");
        }
        var attribute = dns.support() ? "enable-dns-hostnames" : "enable-dns-support";
        return Finding.broken(
                Check.VPC_DNS,
                dns.vpcId() + " has " + attribute + " off, so no name of a mount target resolves",
                "aws ec2 modify-vpc-attribute --vpc-id " + dns.vpcId() + " --" + attribute);
    }

    /**
     * Another name server may know the name, e.g. by forwarding: what happened to the task tells.
     */
    private static Finding resolver(TaskFacts facts, DhcpOptions options) {
        var servers = String.join(" ", options.nameServers());
        var told = options.id() + " names " + (servers.isEmpty() ? "no name server" : servers);
        if (options.nameServers().stream().anyMatch(server -> isAmazon(server, options))) {
            return Finding.ok(Check.RESOLVER, told);
        }
        if (facts.task().lastStatus().equals("RUNNING")) {
            return Finding.ok(Check.RESOLVER, told + ", which knew the name when the task started");
        }
        return StopCheck.cause(facts.task(), facts.definition()).equals(Optional.of(StopCause.DNS))
                ? Finding.broken(
                        Check.RESOLVER, told + ", and the name did not resolve", repair(facts))
                : Finding.unknown(
                        Check.RESOLVER,
                        told + ": only if it asks the VPC's own resolver it knows the name");
    }

    /** The base of the VPC's first block plus two ("Amazon DNS server", Amazon VPC User Guide). */
    private static boolean isAmazon(String server, DhcpOptions options) {
        return AMAZON.contains(server)
                || Cidr.parse(options.vpcBlock())
                        .map(block -> block.address(2))
                        .filter(own -> Cidr.parse(server).filter(own::equals).isPresent())
                        .isPresent();
    }

    private static String repair(TaskFacts facts) {
        var vpc =
                facts.client() instanceof Fact.Known<NfsClient>(var at) ? at.vpcId() : "<the VPC>";
        return "let it forward to the VPC's own resolver, or: aws ec2 associate-dhcp-options --vpc-id "
                + vpc
                + " --dhcp-options-id $(aws ec2 create-dhcp-options --dhcp-configurations"
                + " Key=domain-name-servers,Values=AmazonProvidedDNS --query"
                + " DhcpOptions.DhcpOptionsId --output text)";
    }
}
