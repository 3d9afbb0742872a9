package dev.efsautopilot.diagnosis;

import dev.efsautopilot.aws.DhcpOptions;
import dev.efsautopilot.aws.NetworkAcl;
import dev.efsautopilot.aws.RouteTable;
import dev.efsautopilot.aws.Subnet;
import dev.efsautopilot.network.Doors;
import java.util.List;
import java.util.Optional;

/**
 * What is between some places and the mount targets.
 *
 * @param dns whether the VPC resolves the names of file systems
 * @param resolver what the VPC tells of name servers; empty where the VPC is gone
 * @param doors the rules of the security groups of both sides
 * @param acls the network ACLs of the subnets; none where no way leaves a subnet
 * @param routes the route tables of the VPC; none where no way leaves a subnet
 * @param subnets the subnets of both sides; none where no way leaves a subnet
 */
public record NetworkFacts(
        Fact<Dns> dns,
        Fact<Optional<DhcpOptions>> resolver,
        Fact<Doors> doors,
        Fact<List<NetworkAcl>> acls,
        Fact<List<RouteTable>> routes,
        Fact<List<Subnet>> subnets) {

    /**
     * A VPC's names.
     *
     * @param vpcId the VPC
     * @param support {@code enableDnsSupport}
     * @param hostnames {@code enableDnsHostnames}
     */
    public record Dns(String vpcId, boolean support, boolean hostnames) {}
}
