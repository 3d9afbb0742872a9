package dev.efsautopilot.local.tasks;

import dev.efsautopilot.local.call.Upstream;
import java.util.Map;
import java.util.Optional;

/** What EC2 says of a subnet. */
record Subnet(String id, String vpcId, String zone, String cidr) {

    static Optional<Subnet> find(Upstream upstream, String id) {
        var found =
                upstream.ec2("DescribeSubnets", Map.of("SubnetId.1", id)).at("/subnetSet/items/0");
        return found.isMissingNode()
                ? Optional.empty()
                : Optional.of(
                        new Subnet(
                                id,
                                found.path("vpcId").asText(),
                                found.path("availabilityZone").asText(),
                                found.path("cidrBlock").asText()));
    }
}
