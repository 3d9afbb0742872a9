package dev.efsautopilot.aws;

import java.util.List;

/**
 * A DHCP option set of a VPC.
 *
 * @param id {@code dopt-…}; "default" or "" where the VPC has none
 * @param nameServers {@code domain-name-servers}: addresses, or {@link #AMAZON}
 * @param vpcBlock the first IPv4 block of the VPC
 */
public record DhcpOptions(String id, List<String> nameServers, String vpcBlock) {

    /** The resolver that each VPC has at its base address plus two. */
    public static final String AMAZON = "AmazonProvidedDNS";

    /** Keeps a copy. */
    public DhcpOptions {
        nameServers = List.copyOf(nameServers);
    }
}
