package dev.efsautopilot.aws;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.Ec2Exception;
import software.amazon.awssdk.services.ec2.model.Filter;
import software.amazon.awssdk.services.ec2.model.IpPermission;
import software.amazon.awssdk.services.ec2.model.PrefixListEntry;
import software.amazon.awssdk.services.ec2.model.ResourceType;
import software.amazon.awssdk.services.ec2.model.SecurityGroup;
import software.amazon.awssdk.services.ec2.model.SecurityGroupRule;
import software.amazon.awssdk.services.ec2.model.Tag;
import software.amazon.awssdk.services.ec2.model.TagSpecification;
import software.amazon.awssdk.services.ec2.model.UserIdGroupPair;

/** Security groups: their rules, and the one kind of rule that is ever made. */
public final class SecurityGroups {

    private final Supplier<Ec2Client> client;

    SecurityGroups(Supplier<Ec2Client> client) {
        this.client = client;
    }

    /** The group that a VPC gives to an interface for which nobody names one. */
    public Optional<String> defaultGroup(String vpcId) {
        return client
                .get()
                .describeSecurityGroups(r ->
                        r.filters(
                                filter("vpc-id", List.of(vpcId)),
                                filter("group-name", List.of("default"))))
                .securityGroups()
                .stream()
                .findFirst()
                .map(SecurityGroup::groupId);
    }

    /**
     * A security group that was looked for by its name.
     *
     * @param id {@code sg-…}
     * @param tags its tags
     */
    public record Named(String id, Map<String, String> tags) {}

    /** The group of this name: a VPC has one of each. */
    public Optional<Named> named(String vpcId, String name) {
        return client
                .get()
                .describeSecurityGroups(r ->
                        r.filters(
                                filter("vpc-id", List.of(vpcId)),
                                filter("group-name", List.of(name))))
                .securityGroups()
                .stream()
                .findFirst()
                .map(found -> new Named(found.groupId(), tags(found.tags())));
    }

    /** Makes a group; empty where there is one of this name ({@code InvalidGroup.Duplicate}). */
    public Optional<String> create(
            String vpcId, String name, String description, Map<String, String> tags) {
        try {
            return Optional.of(
                    client.get()
                            .createSecurityGroup(r ->
                                    r.vpcId(vpcId)
                                            .groupName(name)
                                            .description(description)
                                            .tagSpecifications(
                                                    tags(ResourceType.SECURITY_GROUP, tags)))
                            .groupId());
        } catch (Ec2Exception e) {
            if (Errors.is(e, "InvalidGroup.Duplicate")) {
                return Optional.empty();
            }
            throw e;
        }
    }

    /** The account that owns a group; empty where there is none that this account may see. */
    public Optional<String> owner(String groupId) {
        return client
                .get()
                .describeSecurityGroups(r -> r.filters(filter("group-id", List.of(groupId))))
                .securityGroups()
                .stream()
                .findFirst()
                .map(SecurityGroup::ownerId);
    }

    /**
     * Every rule of these groups, in one paged call. The entries of a prefix list are read where
     * its rule is about NFS.
     */
    public List<SecurityRule> rules(Collection<String> groupIds) {
        if (groupIds.isEmpty()) {
            return List.of();
        }
        return client
                .get()
                .describeSecurityGroupRulesPaginator(r -> r.filters(filter("group-id", groupIds)))
                .securityGroupRules()
                .stream()
                .map(this::rule)
                .toList();
    }

    /** Every rule that carries the tag {@code efs-autopilot/managed} of this stack. */
    public List<SecurityRule> managedRules(String stack) {
        return client
                .get()
                .describeSecurityGroupRulesPaginator(
                        r -> r.filters(filter("tag:efs-autopilot/managed", List.of(stack))))
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

    /** Lets the members of the source group reach TCP 2049 of this group's members. */
    public RuleMade authorizeNfsIngress(
            String groupId, String sourceGroupId, String description, Map<String, String> tags) {
        return made(
                nfs(sourceGroupId, description),
                permission ->
                        client.get()
                                .authorizeSecurityGroupIngress(r ->
                                        r.groupId(groupId)
                                                .ipPermissions(permission)
                                                .tagSpecifications(
                                                        tags(
                                                                ResourceType.SECURITY_GROUP_RULE,
                                                                tags))));
    }

    /** Lets this group's members reach TCP 2049 of the members of the target group. */
    public RuleMade authorizeNfsEgress(
            String groupId, String targetGroupId, String description, Map<String, String> tags) {
        return made(
                nfs(targetGroupId, description),
                permission ->
                        client.get()
                                .authorizeSecurityGroupEgress(r ->
                                        r.groupId(groupId)
                                                .ipPermissions(permission)
                                                .tagSpecifications(
                                                        tags(
                                                                ResourceType.SECURITY_GROUP_RULE,
                                                                tags))));
    }

    private static Filter filter(String name, Collection<String> values) {
        return Filter.builder().name(name).values(values).build();
    }

    /**
     * A group of another account, as in a VPC whose subnets are shared, is found by its owner's id:
     * "To reference a security group that is in another AWS account but the same Region, include
     * the account number with the ID of the security group." (VPC Peering Guide)
     */
    private RuleMade made(UserIdGroupPair peer, Consumer<IpPermission> authorize) {
        var made = made(() -> authorize.accept(nfs(peer)));
        return made == RuleMade.GONE
                ? owner(peer.groupId())
                        .map(owner -> peer.toBuilder().userId(owner).build())
                        .map(owned -> made(() -> authorize.accept(nfs(owned))))
                        .orElse(made)
                : made;
    }

    private static RuleMade made(Runnable call) {
        try {
            call.run();
            return RuleMade.MADE;
        } catch (Ec2Exception e) {
            if (Errors.is(e, "InvalidPermission.Duplicate")) {
                return RuleMade.THERE;
            }
            if (Errors.is(e, "RulesPerSecurityGroupLimitExceeded")) {
                return RuleMade.FULL;
            }
            if (Errors.is(e, "InvalidGroup.NotFound", "InvalidGroupId.NotFound")) {
                return RuleMade.GONE;
            }
            throw e;
        }
    }

    private static UserIdGroupPair nfs(String groupId, String description) {
        return UserIdGroupPair.builder().groupId(groupId).description(description).build();
    }

    private static IpPermission nfs(UserIdGroupPair peer) {
        return IpPermission.builder()
                .ipProtocol("tcp")
                .fromPort(SecurityRule.NFS)
                .toPort(SecurityRule.NFS)
                .userIdGroupPairs(peer)
                .build();
    }

    private static TagSpecification tags(ResourceType type, Map<String, String> tags) {
        return TagSpecification.builder()
                .resourceType(type)
                .tags(tags.entrySet().stream().map(SecurityGroups::tag).toList())
                .build();
    }

    private static Tag tag(Map.Entry<String, String> tag) {
        return Tag.builder().key(tag.getKey()).value(tag.getValue()).build();
    }

    private static Map<String, String> tags(List<Tag> tags) {
        return tags.stream().collect(Collectors.toUnmodifiableMap(Tag::key, Tag::value));
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
                        tags(found.tags()));
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
