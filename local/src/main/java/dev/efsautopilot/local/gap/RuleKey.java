package dev.efsautopilot.local.gap;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/**
 * What makes two security group rules the same: all but their descriptions and tags.
 *
 * @param protocol by name where it has one; {@code -1} is all
 * @param peer a group's id, a range or a prefix list's id
 */
record RuleKey(String protocol, int fromPort, int toPort, String peer) {
    private static final int NONE = -1;
    private static final Map<String, String> NAMES = Map.of("6", "tcp", "17", "udp", "1", "icmp");
    private static final Map<String, String> PEERS =
            Map.of(
                    "groups", "groupId",
                    "ipRanges", "cidrIp",
                    "ipv6Ranges", "cidrIpv6",
                    "prefixListIds", "prefixListId");

    /** The rules that a request's {@code ipPermissions} stand for, one for each peer. */
    static List<RuleKey> requested(JsonNode parameters) {
        return parameters
                .at("/ipPermissions/items")
                .valueStream()
                .flatMap(permission -> peers(permission).map(peer -> of(permission, peer)))
                .toList();
    }

    /** A rule as DescribeSecurityGroupRules shows it. */
    static RuleKey existing(JsonNode rule) {
        var peer =
                Stream.of("/referencedGroupInfo/groupId", "/cidrIpv4", "/cidrIpv6", "/prefixListId")
                        .map(path -> rule.at(path).asText())
                        .filter(text -> !text.isEmpty())
                        .findFirst()
                        .orElse("");
        return of(rule, peer);
    }

    /** Whether it counts as a rule for IPv4: all but those of IPv6 ranges. */
    boolean ofIpv4() {
        return !peer.contains(":");
    }

    /** Whether it counts as a rule for IPv6: all but those of IPv4 ranges. */
    boolean ofIpv6() {
        return !peer.contains(".");
    }

    /** As EC2 writes it into its messages. */
    String words() {
        return "peer: %s, %s, from port: %d, to port: %d, ALLOW"
                .formatted(
                        peer,
                        protocol.equals("-1") ? "ALL" : protocol.toUpperCase(Locale.ROOT),
                        fromPort,
                        toPort);
    }

    private static RuleKey of(JsonNode rule, String peer) {
        var protocol = rule.path("ipProtocol").asText("-1");
        var name = NAMES.getOrDefault(protocol, protocol);
        var all = name.equals("-1");
        return new RuleKey(
                name,
                all ? NONE : rule.path("fromPort").asInt(NONE),
                all ? NONE : rule.path("toPort").asInt(NONE),
                peer);
    }

    private static Stream<String> peers(JsonNode permission) {
        return PEERS.entrySet().stream()
                .flatMap(list ->
                        permission
                                .path(list.getKey())
                                .path("items")
                                .valueStream()
                                .map(item -> item.path(list.getValue()).asText()));
    }
}
