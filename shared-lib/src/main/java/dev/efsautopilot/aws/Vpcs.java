package dev.efsautopilot.aws;

import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.AttributeValue;
import software.amazon.awssdk.services.ec2.model.SubnetIpv6CidrBlockAssociation;
import software.amazon.awssdk.services.ec2.model.VpcAttributeName;

/** VPCs: their subnets, what lies between these, and how names are resolved in them. */
public final class Vpcs {

    private final Supplier<Ec2Client> client;

    Vpcs(Supplier<Ec2Client> client) {
        this.client = client;
    }

    /**
     * Those of the subnets with these ids that are there: asked for by id, one that is gone fails.
     */
    public List<Subnet> subnets(Collection<String> ids) {
        return client
                .get()
                .describeSubnets(r -> r.filters(Ec2.filter("subnet-id", ids)))
                .subnets()
                .stream()
                .map(Vpcs::subnet)
                .toList();
    }

    /** The network ACLs of these subnets. */
    public List<NetworkAcl> networkAcls(Collection<String> subnetIds) {
        return client
                .get()
                .describeNetworkAcls(r -> r.filters(Ec2.filter("association.subnet-id", subnetIds)))
                .networkAcls()
                .stream()
                .map(NetworkAcls::acl)
                .toList();
    }

    /** The route tables of a VPC. */
    public List<RouteTable> routeTables(String vpcId) {
        return client
                .get()
                .describeRouteTablesPaginator(r -> r.filters(Ec2.filter("vpc-id", vpcId)))
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
     * Whether an active peering connection joins these VPCs. Security groups may be referenced
     * across one within a region.
     */
    public boolean peered(String oneVpcId, String otherVpcId) {
        var both = Set.of(oneVpcId, otherVpcId);
        return client
                .get()
                .describeVpcPeeringConnectionsPaginator(r ->
                        r.filters(
                                Ec2.filter("status-code", "active"),
                                Ec2.filter("requester-vpc-info.vpc-id", both),
                                Ec2.filter("accepter-vpc-info.vpc-id", both)))
                .vpcPeeringConnections()
                .stream()
                .anyMatch(found ->
                        both.contains(found.requesterVpcInfo().vpcId())
                                && both.contains(found.accepterVpcInfo().vpcId())
                                && Objects.equals(
                                        found.requesterVpcInfo().region(),
                                        found.accepterVpcInfo().region()));
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
}
