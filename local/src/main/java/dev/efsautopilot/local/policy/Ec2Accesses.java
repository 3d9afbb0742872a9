package dev.efsautopilot.local.policy;

import dev.efsautopilot.local.call.AwsCall;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;

/**
 * Amazon EC2. Most of its Describe calls take no resource. Tags in a request that makes something
 * need {@code ec2:CreateTags} as well ("Grant permission to tag Amazon EC2 resources during
 * creation", EC2 User Guide).
 */
record Ec2Accesses(Accesses accesses, AwsCall call, Arns arns) {

    List<Access> needed() {
        return switch (call.operation()) {
            case "AuthorizeSecurityGroupIngress", "AuthorizeSecurityGroupEgress" -> rules();
            case "RevokeSecurityGroupIngress", "RevokeSecurityGroupEgress" ->
                    List.of(accesses.own(ec2("security-group/" + call.parameter("groupId"))));
            case "CreateSecurityGroup" -> group();
            case "DescribeVpcAttribute" ->
                    List.of(accesses.own(ec2("vpc/" + call.parameter("vpcId"))));
            case "GetManagedPrefixListEntries" ->
                    List.of(accesses.own(ec2("prefix-list/" + call.parameter("prefixListId"))));
            default -> accesses.plain();
        };
    }

    private List<Access> rules() {
        var group = accesses.own(ec2("security-group/" + call.parameter("groupId")));
        return tagged(List.of(group, made("security-group-rule/*")), "security-group-rule/*");
    }

    private List<Access> group() {
        var vpc = accesses.own(ec2("vpc/" + call.parameter("vpcId")));
        return tagged(List.of(vpc, made("security-group/*")), "security-group/*");
    }

    private Access made(String resource) {
        return accesses.own(ec2(resource), Accesses.tagKeys(Accesses.specified(call)));
    }

    private List<Access> tagged(List<Access> own, String resource) {
        var tags = Accesses.specified(call);
        var needed = new ArrayList<>(own);
        if (!tags.isEmpty()) {
            var keys = new HashMap<>(Accesses.tagKeys(tags));
            keys.put("ec2:CreateAction", List.of(call.operation()));
            needed.add(accesses.on("ec2:CreateTags", ec2(resource), keys));
        }
        return needed;
    }

    private String ec2(String resource) {
        return arns.of("ec2", resource);
    }
}
