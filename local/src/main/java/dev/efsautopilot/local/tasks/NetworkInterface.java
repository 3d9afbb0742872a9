package dev.efsautopilot.local.tasks;

import java.util.List;

/**
 * A network interface that ECS or EFS made.
 *
 * @param status {@code in-use}, as EC2 says it
 * @param requester the account or service that made it
 */
public record NetworkInterface(
        String id,
        String subnetId,
        String vpcId,
        String zone,
        String address,
        String mac,
        List<String> groups,
        String description,
        String requester,
        String status) {

    /** The name by which the VPC's resolver knows the address. */
    public String privateDnsName(String region) {
        return "ip-%s.%s.compute.internal".formatted(address.replace('.', '-'), region);
    }
}
