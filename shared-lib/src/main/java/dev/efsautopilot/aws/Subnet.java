package dev.efsautopilot.aws;

import java.util.List;

/**
 * A subnet.
 *
 * @param id {@code subnet-…}
 * @param vpcId its VPC
 * @param availabilityZone its zone by name
 * @param blocks its IPv4 and IPv6 address blocks
 */
public record Subnet(String id, String vpcId, String availabilityZone, List<String> blocks) {}
