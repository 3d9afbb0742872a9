package dev.efsautopilot.aws;

import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.Ec2Exception;
import software.amazon.awssdk.services.ec2.model.IpPermission;
import software.amazon.awssdk.services.ec2.model.ResourceType;
import software.amazon.awssdk.services.ec2.model.UserIdGroupPair;

/** The one kind of rule that is ever made: TCP 2049, from security group to security group. */
public final class NfsRules {

    private final Supplier<Ec2Client> client;

    NfsRules(Supplier<Ec2Client> client) {
        this.client = client;
    }

    /** Lets the members of the source group reach TCP 2049 of this group's members. */
    public RuleMade ingress(
            String groupId, String sourceGroupId, String description, Map<String, String> tags) {
        var tagged = Ec2.tags(ResourceType.SECURITY_GROUP_RULE, tags);
        return made(
                sourceGroupId,
                description,
                nfs ->
                        client.get()
                                .authorizeSecurityGroupIngress(r ->
                                        r.groupId(groupId)
                                                .ipPermissions(nfs)
                                                .tagSpecifications(tagged)));
    }

    /** Lets this group's members reach TCP 2049 of the members of the target group. */
    public RuleMade egress(
            String groupId, String targetGroupId, String description, Map<String, String> tags) {
        var tagged = Ec2.tags(ResourceType.SECURITY_GROUP_RULE, tags);
        return made(
                targetGroupId,
                description,
                nfs ->
                        client.get()
                                .authorizeSecurityGroupEgress(r ->
                                        r.groupId(groupId)
                                                .ipPermissions(nfs)
                                                .tagSpecifications(tagged)));
    }

    /**
     * A group of another account, as in a VPC whose subnets are shared, is found by its owner's id:
     * "To reference a security group that is in another AWS account but the same Region, include
     * the account number with the ID of the security group." (VPC Peering Guide)
     */
    private RuleMade made(String peerId, String description, Consumer<IpPermission> authorize) {
        var peer = UserIdGroupPair.builder().groupId(peerId).description(description).build();
        var made = made(peer, authorize);
        return made == RuleMade.GONE
                ? new SecurityGroups(client)
                        .owner(peerId)
                        .map(owner -> made(peer.toBuilder().userId(owner).build(), authorize))
                        .orElse(made)
                : made;
    }

    private static RuleMade made(UserIdGroupPair peer, Consumer<IpPermission> authorize) {
        try {
            authorize.accept(
                    IpPermission.builder()
                            .ipProtocol("tcp")
                            .fromPort(SecurityRule.NFS)
                            .toPort(SecurityRule.NFS)
                            .userIdGroupPairs(peer)
                            .build());
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
}
