package dev.efsautopilot.aws;

import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.Ec2Exception;
import software.amazon.awssdk.services.ec2.model.Filter;
import software.amazon.awssdk.services.ec2.model.PrefixListEntry;
import software.amazon.awssdk.services.ec2.model.SecurityGroupRule;

/** The rules of security groups. */
public final class SecurityRules {

    private final Supplier<Ec2Client> client;

    SecurityRules(Supplier<Ec2Client> client) {
        this.client = client;
    }

    /**
     * Every rule of these groups, in one paged call. The entries of a prefix list are read where
     * its rule is about NFS.
     */
    public List<SecurityRule> of(Collection<String> groupIds) {
        return groupIds.isEmpty() ? List.of() : found(Ec2.filter("group-id", groupIds));
    }

    /** Every rule that carries the tag {@code efs-autopilot/managed} of this stack. */
    public List<SecurityRule> managed(String stack) {
        return found(Ec2.filter("tag:efs-autopilot/managed", stack));
    }

    private List<SecurityRule> found(Filter filter) {
        return client
                .get()
                .describeSecurityGroupRulesPaginator(r -> r.filters(filter))
                .securityGroupRules()
                .stream()
                .map(this::rule)
                .toList();
    }

    /** Takes a rule away; done as well where somebody else was first. */
    public void revoke(SecurityRule rule) {
        try {
            if (rule.egress()) {
                client.get()
                        .revokeSecurityGroupEgress(
                                r -> r.groupId(rule.groupId()).securityGroupRuleIds(rule.id()));
            } else {
                client.get()
                        .revokeSecurityGroupIngress(
                                r -> r.groupId(rule.groupId()).securityGroupRuleIds(rule.id()));
            }
        } catch (Ec2Exception e) {
            if (!Errors.is(
                    e,
                    "InvalidSecurityGroupRuleId.NotFound",
                    "InvalidPermission.NotFound",
                    "InvalidGroup.NotFound")) {
                throw e;
            }
        }
    }

    private SecurityRule rule(SecurityGroupRule found) {
        var bare =
                new SecurityRule(
                        found.securityGroupRuleId(),
                        found.groupId(),
                        found.isEgress(),
                        found.ipProtocol(),
                        port(found.fromPort()),
                        port(found.toPort()),
                        peer(found),
                        Ec2.tags(found.tags()));
        return bare.coversNfs() && bare.peer() instanceof SecurityRule.Peer.PrefixList(var id, _)
                ? bare.with(new SecurityRule.Peer.PrefixList(id, prefixes(id)))
                : bare;
    }

    private static SecurityRule.Peer peer(SecurityGroupRule found) {
        if (found.referencedGroupInfo() != null) {
            return new SecurityRule.Peer.Group(found.referencedGroupInfo().groupId());
        }
        if (found.prefixListId() != null) {
            return new SecurityRule.Peer.PrefixList(found.prefixListId(), List.of());
        }
        var block = found.cidrIpv4() == null ? found.cidrIpv6() : found.cidrIpv4();
        return new SecurityRule.Peer.Block(Objects.requireNonNullElse(block, ""));
    }

    private static int port(@Nullable Integer port) {
        return port == null ? -1 : port;
    }

    private List<String> prefixes(String prefixListId) {
        return client
                .get()
                .getManagedPrefixListEntriesPaginator(r -> r.prefixListId(prefixListId))
                .entries()
                .stream()
                .map(PrefixListEntry::cidr)
                .toList();
    }
}
