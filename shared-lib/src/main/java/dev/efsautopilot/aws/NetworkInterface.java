package dev.efsautopilot.aws;

import java.util.List;

/**
 * A network interface, e.g. that of an {@code awsvpc} task.
 *
 * @param id {@code eni-…}, or the id of the instance whose first interface it is
 * @param vpcId its VPC
 * @param subnetId its subnet
 * @param availabilityZone its zone by name
 * @param addresses its private addresses, IPv4 and IPv6
 * @param securityGroups the ids of its security groups
 * @param publicAddress whether it has a public IPv4 address
 */
public record NetworkInterface(
        String id,
        String vpcId,
        String subnetId,
        String availabilityZone,
        List<String> addresses,
        List<String> securityGroups,
        boolean publicAddress) {}
