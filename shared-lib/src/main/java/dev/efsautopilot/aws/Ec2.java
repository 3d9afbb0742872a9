package dev.efsautopilot.aws;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.Filter;
import software.amazon.awssdk.services.ec2.model.ResourceType;
import software.amazon.awssdk.services.ec2.model.Tag;
import software.amazon.awssdk.services.ec2.model.TagSpecification;

/**
 * Amazon EC2's network: its parts, through the same client. Each is made for whoever asks for it.
 */
public final class Ec2 {

    private final Supplier<Ec2Client> client;

    Ec2(Supplier<Ec2Client> client) {
        this.client = client;
    }

    /** Network interfaces. */
    public NetworkInterfaces networkInterfaces() {
        return new NetworkInterfaces(client);
    }

    /** VPCs with their subnets and routes. */
    public Vpcs vpcs() {
        return new Vpcs(client);
    }

    /** Security groups. */
    public SecurityGroups securityGroups() {
        return new SecurityGroups(client);
    }

    /** The rules of security groups. */
    public SecurityRules securityRules() {
        return new SecurityRules(client);
    }

    /** Opens NFS from group to group. */
    public NfsRules nfsRules() {
        return new NfsRules(client);
    }

    static Filter filter(String name, Collection<String> values) {
        return Filter.builder().name(name).values(values).build();
    }

    static Filter filter(String name, String value) {
        return filter(name, List.of(value));
    }

    static Map<String, String> tags(List<Tag> tags) {
        return tags.stream().collect(Collectors.toUnmodifiableMap(Tag::key, Tag::value));
    }

    static TagSpecification tags(ResourceType type, Map<String, String> tags) {
        return TagSpecification.builder()
                .resourceType(type)
                .tags(tags.entrySet().stream().map(Ec2::tag).toList())
                .build();
    }

    private static Tag tag(Map.Entry<String, String> tag) {
        return Tag.builder().key(tag.getKey()).value(tag.getValue()).build();
    }
}
