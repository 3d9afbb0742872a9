package dev.efsautopilot.local.it;

import java.util.stream.Stream;
import software.amazon.awssdk.services.ec2.model.AddPrefixListEntry;
import software.amazon.awssdk.services.ec2.model.IpPermission;
import software.amazon.awssdk.services.ec2.model.IpRange;
import software.amazon.awssdk.services.ec2.model.Ipv6Range;
import software.amazon.awssdk.services.ec2.model.PrefixListId;
import software.amazon.awssdk.services.ec2.model.UserIdGroupPair;

/** The forms of security group rules. */
final class RuleForms {

    private RuleForms() {}

    static IpPermission from(String protocol, int first, int last, String cidr) {
        return IpPermission.builder()
                .ipProtocol(protocol)
                .fromPort(first)
                .toPort(last)
                .ipRanges(IpRange.builder().cidrIp(cidr).build())
                .build();
    }

    static IpPermission ipv6(String cidr) {
        return IpPermission.builder()
                .ipProtocol("-1")
                .ipv6Ranges(Ipv6Range.builder().cidrIpv6(cidr).build())
                .build();
    }

    /** From the ranges of a new prefix list. */
    static IpPermission nfs(Ground ground, String name, String... cidrs) {
        var list =
                ground.team()
                        .user()
                        .ec2()
                        .createManagedPrefixList(r ->
                                r.prefixListName("ingress-" + name)
                                        .addressFamily("IPv4")
                                        .maxEntries(cidrs.length)
                                        .entries(
                                                Stream.of(cidrs)
                                                        .map(cidr ->
                                                                AddPrefixListEntry.builder()
                                                                        .cidr(cidr)
                                                                        .build())
                                                        .toList()))
                        .prefixList();
        return IpPermission.builder()
                .ipProtocol("tcp")
                .fromPort(2049)
                .toPort(2049)
                .prefixListIds(PrefixListId.builder().prefixListId(list.prefixListId()).build())
                .build();
    }

    static IpPermission nfs(String group) {
        return IpPermission.builder()
                .ipProtocol("tcp")
                .fromPort(2049)
                .toPort(2049)
                .userIdGroupPairs(UserIdGroupPair.builder().groupId(group).build())
                .build();
    }
}
