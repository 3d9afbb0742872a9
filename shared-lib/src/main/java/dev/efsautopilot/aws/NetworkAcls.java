package dev.efsautopilot.aws;

import java.util.Objects;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.ec2.model.NetworkAclAssociation;
import software.amazon.awssdk.services.ec2.model.NetworkAclEntry;
import software.amazon.awssdk.services.ec2.model.RuleAction;

/** From the SDK's network ACL to the record. */
final class NetworkAcls {

    private NetworkAcls() {}

    static NetworkAcl acl(software.amazon.awssdk.services.ec2.model.NetworkAcl found) {
        return new NetworkAcl(
                found.networkAclId(),
                found.associations().stream()
                        .map(NetworkAclAssociation::subnetId)
                        .collect(Collectors.toUnmodifiableSet()),
                found.entries().stream().map(NetworkAcls::entry).toList());
    }

    private static NetworkAcl.Entry entry(NetworkAclEntry found) {
        var ports = found.portRange();
        var cidr = found.cidrBlock() == null ? found.ipv6CidrBlock() : found.cidrBlock();
        return new NetworkAcl.Entry(
                found.ruleNumber(),
                found.egress(),
                found.protocol(),
                ports == null ? 0 : ports.from(),
                ports == null ? 65535 : ports.to(),
                Objects.requireNonNullElse(cidr, ""),
                found.ruleAction() == RuleAction.ALLOW);
    }
}
