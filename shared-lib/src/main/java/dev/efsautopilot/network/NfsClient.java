package dev.efsautopilot.network;

import dev.efsautopilot.aws.NetworkInterface;
import dev.efsautopilot.aws.Subnet;
import java.util.List;

/**
 * The side that mounts: a task, or the place where one may be started.
 *
 * @param vpcId its VPC
 * @param subnetId its subnet
 * @param availabilityZone its zone by name
 * @param addresses its addresses, IPv4 and IPv6; the subnet's blocks where it has no address yet
 * @param securityGroups the ids of its security groups
 * @param placed whether it is there; a request names zones that its task may never see
 */
public record NfsClient(
        String vpcId,
        String subnetId,
        String availabilityZone,
        List<String> addresses,
        List<String> securityGroups,
        boolean placed) {

    /** What uses this network interface. */
    public static NfsClient of(NetworkInterface at) {
        return new NfsClient(
                at.vpcId(),
                at.subnetId(),
                at.availabilityZone(),
                at.addresses(),
                at.securityGroups(),
                true);
    }

    /** What may be started in this subnet. */
    public static NfsClient in(Subnet subnet, List<String> securityGroups) {
        return new NfsClient(
                subnet.vpcId(),
                subnet.id(),
                subnet.availabilityZone(),
                subnet.blocks(),
                securityGroups,
                false);
    }
}
