package dev.efsautopilot.aws;

import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.AttributeValue;
import software.amazon.awssdk.services.ec2.model.Ec2Exception;
import software.amazon.awssdk.services.ec2.model.Filter;
import software.amazon.awssdk.services.ec2.model.GroupIdentifier;
import software.amazon.awssdk.services.ec2.model.Instance;
import software.amazon.awssdk.services.ec2.model.NetworkInterfaceIpv6Address;
import software.amazon.awssdk.services.ec2.model.NetworkInterfacePrivateIpAddress;
import software.amazon.awssdk.services.ec2.model.SubnetIpv6CidrBlockAssociation;
import software.amazon.awssdk.services.ec2.model.VpcAttributeName;

/** Amazon EC2's network. */
public final class Ec2 {

    /** A filter takes two hundred values. */
    private static final int PAGE = 100;

    private final Supplier<Ec2Client> client;

    Ec2(Supplier<Ec2Client> client) {
        this.client = client;
    }

    /** The network interface with this id; empty where it is gone, as a stopped task's is. */
    public Optional<NetworkInterface> networkInterface(String id) {
        try {
            return client
                    .get()
                    .describeNetworkInterfaces(r -> r.networkInterfaceIds(id))
                    .networkInterfaces()
                    .stream()
                    .findFirst()
                    .map(Ec2::networkInterface);
        } catch (Ec2Exception e) {
            if (Errors.is(e, "InvalidNetworkInterfaceID.NotFound")) {
                return Optional.empty();
            }
            throw e;
        }
    }

    /** Those of these network interfaces that are there, by their ids: a call for each hundred. */
    public List<NetworkInterface> networkInterfaces(Collection<String> ids) {
        var all = List.copyOf(ids);
        return IntStream.iterate(0, from -> from < all.size(), from -> from + PAGE)
                .mapToObj(from -> all.subList(from, Math.min(from + PAGE, all.size())))
                .flatMap(page -> networkInterfaces(filter("network-interface-id", page)))
                .toList();
    }

    private Stream<NetworkInterface> networkInterfaces(Filter filter) {
        return client
                .get()
                .describeNetworkInterfacesPaginator(r -> r.filters(filter))
                .networkInterfaces()
                .stream()
                .map(Ec2::networkInterface);
    }

    /**
     * The first network interface of an instance, which tasks in bridge and host mode use; empty
     * where the instance is gone. What the API says of an instance it says of that interface.
     */
    public Optional<NetworkInterface> primaryInterface(String instanceId) {
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
                    .map(Ec2::networkInterface);
        } catch (Ec2Exception e) {
            if (Errors.is(e, "InvalidInstanceID.NotFound")) {
                return Optional.empty();
            }
            throw e;
        }
    }

    /**
     * Those of the subnets with these ids that are there: asked for by id, one that is gone fails.
     */
    public List<Subnet> subnets(Collection<String> ids) {
        return client
                .get()
                .describeSubnets(r -> r.filters(filter("subnet-id", ids)))
                .subnets()
                .stream()
                .map(Ec2::subnet)
                .toList();
    }

    /** The network ACLs of these subnets. */
    public List<NetworkAcl> networkAcls(Collection<String> subnetIds) {
        return client
                .get()
                .describeNetworkAcls(r -> r.filters(filter("association.subnet-id", subnetIds)))
                .networkAcls()
                .stream()
                .map(NetworkAcls::acl)
                .toList();
    }

    /** The route tables of a VPC. */
    public List<RouteTable> routeTables(String vpcId) {
        return client
                .get()
                .describeRouteTablesPaginator(r -> r.filters(filter("vpc-id", List.of(vpcId))))
                .routeTables()
                .stream()
                .map(RouteTables::table)
                .toList();
    }

    /** Whether a VPC resolves names: {@code enableDnsSupport}. */
    public boolean dnsSupport(String vpcId) {
        return Boolean.TRUE.equals(
                client.get()
                        .describeVpcAttribute(
                                r -> r.vpcId(vpcId).attribute(VpcAttributeName.ENABLE_DNS_SUPPORT))
                        .enableDnsSupport()
                        .value());
    }

    /** Whether a VPC has names for its interfaces: {@code enableDnsHostnames}. */
    public boolean dnsHostnames(String vpcId) {
        return Boolean.TRUE.equals(
                client.get()
                        .describeVpcAttribute(r ->
                                r.vpcId(vpcId).attribute(VpcAttributeName.ENABLE_DNS_HOSTNAMES))
                        .enableDnsHostnames()
                        .value());
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
        var filter = Filter.builder().name("group-id").values(groupIds).build();
        return client
                .get()
                .describeNetworkInterfacesPaginator(r -> r.filters(filter).maxResults(1000))
                .networkInterfaces()
                .stream()
                .flatMap(found -> found.groups().stream())
                .map(GroupIdentifier::groupId)
                .filter(groupIds::contains)
                .collect(Collectors.toUnmodifiableSet());
    }

    /**
     * Whether an active peering connection joins these VPCs. Security groups may be referenced
     * across one within a region.
     */
    public boolean peered(String oneVpcId, String otherVpcId) {
        var both = Set.of(oneVpcId, otherVpcId);
        return client
                .get()
                .describeVpcPeeringConnectionsPaginator(r ->
                        r.filters(
                                filter("status-code", List.of("active")),
                                filter("requester-vpc-info.vpc-id", both),
                                filter("accepter-vpc-info.vpc-id", both)))
                .vpcPeeringConnections()
                .stream()
                .anyMatch(found ->
                        both.contains(found.requesterVpcInfo().vpcId())
                                && both.contains(found.accepterVpcInfo().vpcId())
                                && Objects.equals(
                                        found.requesterVpcInfo().region(),
                                        found.accepterVpcInfo().region()));
    }

    /** The security groups, through the same client. */
    public SecurityGroups securityGroups() {
        return new SecurityGroups(client);
    }

    private static Filter filter(String name, Collection<String> values) {
        return Filter.builder().name(name).values(values).build();
    }

    private static Subnet subnet(software.amazon.awssdk.services.ec2.model.Subnet found) {
        return new Subnet(
                found.subnetId(),
                found.vpcId(),
                found.availabilityZone(),
                Stream.concat(
                                Stream.ofNullable(found.cidrBlock()),
                                found.ipv6CidrBlockAssociationSet().stream()
                                        .map(SubnetIpv6CidrBlockAssociation::ipv6CidrBlock))
                        .toList());
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

    /**
     * What a VPC tells its interfaces of name servers: the option set that it has, in two calls;
     * empty where there is no such VPC.
     */
    public Optional<DhcpOptions> dhcpOptions(String vpcId) {
        return client.get().describeVpcs(r -> r.vpcIds(vpcId)).vpcs().stream()
                .findFirst()
                .map(vpc -> dhcpOptions(vpc.dhcpOptionsId(), vpc.cidrBlock()));
    }

    private DhcpOptions dhcpOptions(String id, String vpcBlock) {
        // A VPC that was associated with "default" has none.
        var servers = id.equals("default") ? List.<String>of() : nameServers(id);
        return new DhcpOptions(id, servers, vpcBlock);
    }

    private List<String> nameServers(String dhcpOptionsId) {
        return client
                .get()
                .describeDhcpOptions(r -> r.dhcpOptionsIds(dhcpOptionsId))
                .dhcpOptions()
                .stream()
                .flatMap(options -> options.dhcpConfigurations().stream())
                .filter(option -> "domain-name-servers".equals(option.key()))
                .flatMap(option -> option.values().stream())
                .map(AttributeValue::value)
                .toList();
    }
}
