package dev.efsautopilot.aws;

import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.Ec2Exception;
import software.amazon.awssdk.services.ec2.model.Filter;
import software.amazon.awssdk.services.ec2.model.GroupIdentifier;
import software.amazon.awssdk.services.ec2.model.Instance;
import software.amazon.awssdk.services.ec2.model.NetworkInterfaceIpv6Address;
import software.amazon.awssdk.services.ec2.model.NetworkInterfacePrivateIpAddress;

/** Network interfaces: of tasks, of instances, of mount targets. */
public final class NetworkInterfaces {

    /** A filter takes two hundred values. */
    private static final int PAGE = 100;

    private final Supplier<Ec2Client> client;

    NetworkInterfaces(Supplier<Ec2Client> client) {
        this.client = client;
    }

    /** The network interface with this id; empty where it is gone, as a stopped task's is. */
    public Optional<NetworkInterface> find(String id) {
        try {
            return client
                    .get()
                    .describeNetworkInterfaces(r -> r.networkInterfaceIds(id))
                    .networkInterfaces()
                    .stream()
                    .findFirst()
                    .map(NetworkInterfaces::networkInterface);
        } catch (Ec2Exception e) {
            if (Errors.is(e, "InvalidNetworkInterfaceID.NotFound")) {
                return Optional.empty();
            }
            throw e;
        }
    }

    /** Those of these network interfaces that are there, by their ids: a call for each hundred. */
    public List<NetworkInterface> found(Collection<String> ids) {
        return Pages.of(List.copyOf(ids), PAGE)
                .flatMap(page -> found(Ec2.filter("network-interface-id", page)))
                .toList();
    }

    private Stream<NetworkInterface> found(Filter filter) {
        return client
                .get()
                .describeNetworkInterfacesPaginator(r -> r.filters(filter))
                .networkInterfaces()
                .stream()
                .map(NetworkInterfaces::networkInterface);
    }

    /**
     * The first network interface of an instance, which tasks in bridge and host mode use; empty
     * where the instance is gone. What the API says of an instance it says of that interface.
     */
    public Optional<NetworkInterface> primary(String instanceId) {
        try {
            return client
                    .get()
                    .describeInstances(r -> r.instanceIds(instanceId))
                    .reservations()
                    .stream()
                    .flatMap(reservation -> reservation.instances().stream())
                    // A terminated instance has no VPC any more.
                    .filter(instance -> instance.vpcId() != null)
                    .findFirst()
                    .map(NetworkInterfaces::networkInterface);
        } catch (Ec2Exception e) {
            if (Errors.is(e, "InvalidInstanceID.NotFound")) {
                return Optional.empty();
            }
            throw e;
        }
    }

    /**
     * Which of these security groups a network interface is in, of whatever it is: a task, an
     * instance, a mount target.
     *
     * @param groupIds at most 200 (EC2's limit of a filter's values)
     */
    public Set<String> groupsInUse(Collection<String> groupIds) {
        if (groupIds.isEmpty()) {
            return Set.of();
        }
        return client
                .get()
                .describeNetworkInterfacesPaginator(
                        r -> r.filters(Ec2.filter("group-id", groupIds)).maxResults(1000))
                .networkInterfaces()
                .stream()
                .flatMap(found -> found.groups().stream())
                .map(GroupIdentifier::groupId)
                .filter(groupIds::contains)
                .collect(Collectors.toUnmodifiableSet());
    }

    private static NetworkInterface networkInterface(Instance instance) {
        return new NetworkInterface(
                instance.instanceId(),
                instance.vpcId(),
                instance.subnetId(),
                instance.placement().availabilityZone(),
                Stream.of(instance.privateIpAddress(), instance.ipv6Address())
                        .filter(Objects::nonNull)
                        .toList(),
                instance.securityGroups().stream().map(GroupIdentifier::groupId).toList(),
                instance.publicIpAddress() != null);
    }

    private static NetworkInterface networkInterface(
            software.amazon.awssdk.services.ec2.model.NetworkInterface described) {
        return new NetworkInterface(
                described.networkInterfaceId(),
                described.vpcId(),
                described.subnetId(),
                described.availabilityZone(),
                Stream.concat(
                                described.privateIpAddresses().stream()
                                        .map(NetworkInterfacePrivateIpAddress::privateIpAddress),
                                described.ipv6Addresses().stream()
                                        .map(NetworkInterfaceIpv6Address::ipv6Address))
                        .toList(),
                described.groups().stream().map(GroupIdentifier::groupId).toList(),
                described.association() != null);
    }
}
