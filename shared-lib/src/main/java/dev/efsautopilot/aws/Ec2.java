package dev.efsautopilot.aws;

import java.util.Optional;
import java.util.stream.Stream;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.Ec2Exception;
import software.amazon.awssdk.services.ec2.model.GroupIdentifier;
import software.amazon.awssdk.services.ec2.model.NetworkInterfaceIpv6Address;
import software.amazon.awssdk.services.ec2.model.NetworkInterfacePrivateIpAddress;

/** Amazon EC2's network. */
public final class Ec2 {

    private final Ec2Client client;

    Ec2(Ec2Client client) {
        this.client = client;
    }

    /** The network interface with this id; empty where it is gone, as a stopped task's is. */
    public Optional<NetworkInterface> networkInterface(String id) {
        try {
            return client
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
                described.groups().stream().map(GroupIdentifier::groupId).toList());
    }
}
