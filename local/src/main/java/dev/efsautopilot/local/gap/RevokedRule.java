package dev.efsautopilot.local.gap;

import dev.efsautopilot.local.call.AwsCall;
import dev.efsautopilot.local.call.Form;
import dev.efsautopilot.local.call.Response;
import dev.efsautopilot.local.call.Upstream;
import java.util.LinkedHashMap;
import java.util.Set;

/**
 * RevokeSecurityGroupIngress: "If the security group rule has a description, you do not need to
 * specify the description to revoke the rule." and "For a non-default VPC, if the values you
 * specify do not match the existing rule's values, an InvalidPermission.NotFound client error is
 * returned, and no rules are revoked." (Amazon EC2 API Reference). MiniStack compares the
 * description of a group's rule too. A default VPC, where AWS answers no error, is not told apart
 * here.
 */
public final class RevokedRule implements Gap {
    private static final Set<String> OPERATIONS =
            Set.of("RevokeSecurityGroupIngress", "RevokeSecurityGroupEgress");

    private final Upstream upstream;

    public RevokedRule(Upstream upstream) {
        this.upstream = upstream;
    }

    @Override
    public Response answer(AwsCall call, Next next) {
        var requested = RuleKey.requested(call.parameters());
        if (!call.service().equals("ec2")
                || !OPERATIONS.contains(call.operation())
                || requested.isEmpty()) {
            return next.pass(call);
        }
        var group = call.parameter("groupId");
        var egress = call.operation().endsWith("Egress");
        var existing = SecurityGroupRules.of(upstream, group, egress);
        if (!existing.keySet().containsAll(requested)) {
            return Response.xmlError(
                    "InvalidPermission.NotFound",
                    "The specified rule does not exist in this security group.");
        }
        var form = new LinkedHashMap<String, String>();
        form.put("Action", call.operation());
        form.put("Version", "2016-11-15");
        form.put("GroupId", group);
        for (var rule : requested) {
            form.put("SecurityGroupRuleId." + (form.size() - 2), existing.getOrDefault(rule, ""));
        }
        return next.pass(call.withForm(Form.write(form)));
    }
}
