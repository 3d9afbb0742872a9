package dev.efsautopilot.aws;

import java.util.List;
import java.util.Map;

/**
 * One rule of a security group ({@code DescribeSecurityGroupRules}).
 *
 * @param id {@code sgr-…}
 * @param groupId the group that has the rule
 * @param egress whether it is about traffic that leaves
 * @param protocol {@code tcp}, {@code udp}, {@code icmp}, a protocol number, or {@code -1} for all
 * @param fromPort the first port; -1 where the protocol has none
 * @param toPort the last port; -1 where the protocol has none
 * @param peer the other side
 * @param tags the rule's own tags
 */
public record SecurityRule(
        String id,
        String groupId,
        boolean egress,
        String protocol,
        int fromPort,
        int toPort,
        Peer peer,
        Map<String, String> tags) {

    /** NFS's port. */
    public static final int NFS = 2049;

    /** Whether the rule lets TCP 2049 through, from or to whomever. */
    public boolean coversNfs() {
        return coversNfs(protocol, fromPort, toPort);
    }

    /** Whether a rule of this protocol and these ports lets TCP 2049 through. */
    public static boolean coversNfs(String protocol, int fromPort, int toPort) {
        return switch (protocol) {
            case "-1" -> true;
            case "tcp", "6" -> fromPort <= NFS && NFS <= toPort;
            default -> false;
        };
    }

    SecurityRule with(Peer other) {
        return new SecurityRule(id, groupId, egress, protocol, fromPort, toPort, other, tags);
    }

    /** The other side of a rule. */
    public sealed interface Peer {

        /** Every interface that has this security group. */
        record Group(String id) implements Peer {}

        /** A block of IPv4 or IPv6 addresses, e.g. {@code 10.0.0.0/16}. */
        record Block(String cidr) implements Peer {}

        /**
         * The blocks of a prefix list.
         *
         * @param id {@code pl-…}
         * @param entries its blocks; none where nobody needed to read them
         */
        record PrefixList(String id, List<String> entries) implements Peer {}
    }
}
