package dev.efsautopilot.aws;

import java.util.List;
import java.util.Set;

/**
 * A network ACL: its entries are taken in the order of their numbers, the first that matches
 * decides.
 *
 * @param id {@code acl-…}
 * @param subnetIds the subnets that have it
 * @param entries its entries
 */
public record NetworkAcl(String id, Set<String> subnetIds, List<Entry> entries) {

    /**
     * One entry.
     *
     * @param number its place
     * @param egress whether it is about traffic that leaves the subnet
     * @param protocol a protocol number, {@code -1} for all
     * @param fromPort the first port; 0 where the entry is about all
     * @param toPort the last port; 65535 where the entry is about all
     * @param cidr the other side, IPv4 or IPv6
     * @param allow whether it lets through
     */
    public record Entry(
            int number,
            boolean egress,
            String protocol,
            int fromPort,
            int toPort,
            String cidr,
            boolean allow) {}
}
