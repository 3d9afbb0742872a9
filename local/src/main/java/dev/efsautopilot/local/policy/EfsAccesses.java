package dev.efsautopilot.local.policy;

import dev.efsautopilot.local.call.AwsCall;
import dev.efsautopilot.local.call.Json;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;

/**
 * Amazon EFS. What it does with network interfaces it calls in the name of who asked, who needs
 * those EC2 actions too (EFS API Reference, "This operation requires permissions for the following
 * actions").
 */
record EfsAccesses(Accesses accesses, AwsCall call, Arns arns, Lookups lookups) {

    List<Access> needed() {
        return switch (call.operation()) {
            case "DescribeAccessPoints", "DeleteAccessPoint" -> List.of(accessPoint());
            case "CreateAccessPoint" -> creation();
            case "DescribeMountTargets" -> List.of(fileSystem());
            case "CreateMountTarget" -> mountTarget();
            case "DescribeMountTargetSecurityGroups" ->
                    List.of(
                            fileSystem(),
                            accesses.via("ec2:DescribeNetworkInterfaceAttribute", "*"));
            case "ModifyMountTargetSecurityGroups" -> replacement();
            default -> List.of(fileSystem());
        };
    }

    private Access fileSystem() {
        var mountTarget = call.parameter("MountTargetId");
        return accesses.own(
                arns.fileSystem(
                        mountTarget.isEmpty()
                                ? call.parameter("FileSystemId")
                                : lookups.fileSystem(mountTarget)));
    }

    private Access accessPoint() {
        var id = call.parameter("AccessPointId");
        return id.isEmpty()
                ? fileSystem()
                : accesses.own(arns.of("elasticfilesystem", "access-point/" + id));
    }

    private List<Access> creation() {
        var tags = Accesses.tagKeys(call.parameters().path("Tags"));
        var needed = new ArrayList<Access>();
        needed.add(accesses.own(arns.fileSystem(call.parameter("FileSystemId")), tags));
        if (!tags.isEmpty()) {
            var keys = new HashMap<>(tags);
            keys.put("elasticfilesystem:CreateAction", List.of(call.operation()));
            needed.add(
                    accesses.on(
                            "elasticfilesystem:TagResource",
                            arns.of("elasticfilesystem", "access-point/*"),
                            keys));
        }
        return needed;
    }

    private List<Access> mountTarget() {
        var make = "ec2:CreateNetworkInterface";
        var needed = new ArrayList<Access>();
        needed.add(fileSystem());
        needed.add(accesses.via("ec2:DescribeSubnets", "*"));
        needed.add(accesses.via("ec2:DescribeNetworkInterfaces", "*"));
        needed.add(accesses.via(make, arns.of("ec2", "network-interface/*")));
        needed.add(accesses.via(make, arns.of("ec2", "subnet/" + call.parameter("SubnetId"))));
        groups(make).forEach(needed::add);
        return needed;
    }

    private List<Access> replacement() {
        var change = "ec2:ModifyNetworkInterfaceAttribute";
        var needed = new ArrayList<Access>();
        needed.add(fileSystem());
        needed.add(accesses.via(change, arns.of("ec2", "network-interface/*")));
        groups(change).forEach(needed::add);
        return needed;
    }

    private List<Access> groups(String action) {
        return Json.strings(call.parameters().path("SecurityGroups"))
                .map(group -> accesses.via(action, arns.of("ec2", "security-group/" + group)))
                .toList();
    }
}
