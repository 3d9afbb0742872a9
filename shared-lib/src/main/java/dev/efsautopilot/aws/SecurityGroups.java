package dev.efsautopilot.aws;

import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.Ec2Exception;
import software.amazon.awssdk.services.ec2.model.Filter;
import software.amazon.awssdk.services.ec2.model.ResourceType;
import software.amazon.awssdk.services.ec2.model.SecurityGroup;

/** Security groups: found, and made where there is no room in any other. */
public final class SecurityGroups {

    private final Supplier<Ec2Client> client;

    SecurityGroups(Supplier<Ec2Client> client) {
        this.client = client;
    }

    /** The group that a VPC gives to an interface for which nobody names one. */
    public Optional<String> defaultGroup(String vpcId) {
        return named(vpcId, "default").map(Named::id);
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
        return first(Ec2.filter("vpc-id", vpcId), Ec2.filter("group-name", name))
                .map(found -> new Named(found.groupId(), Ec2.tags(found.tags())));
    }

    /** The account that owns a group; empty where there is none that this account may see. */
    Optional<String> owner(String groupId) {
        return first(Ec2.filter("group-id", groupId)).map(SecurityGroup::ownerId);
    }

    private Optional<SecurityGroup> first(Filter... filters) {
        return client
                .get()
                .describeSecurityGroups(r -> r.filters(filters))
                .securityGroups()
                .stream()
                .findFirst();
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
                                                    Ec2.tags(ResourceType.SECURITY_GROUP, tags)))
                            .groupId());
        } catch (Ec2Exception e) {
            if (Errors.is(e, "InvalidGroup.Duplicate")) {
                return Optional.empty();
            }
            throw e;
        }
    }
}
