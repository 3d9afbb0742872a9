package dev.efsautopilot.local.gap;

import dev.efsautopilot.local.call.Upstream;
import java.util.HashMap;
import java.util.Map;

/** The rules that a security group has now, by what they say, with their ids. */
final class SecurityGroupRules {
    private SecurityGroupRules() {}

    static Map<RuleKey, String> of(Upstream upstream, String groupId, boolean egress) {
        var rules = new HashMap<RuleKey, String>();
        upstream.ec2(
                        "DescribeSecurityGroupRules",
                        Map.of("Filter.1.Name", "group-id", "Filter.1.Value.1", groupId))
                .at("/securityGroupRuleSet/items")
                .valueStream()
                .filter(rule -> rule.path("isEgress").asBoolean() == egress)
                .forEach(rule ->
                        rules.put(
                                RuleKey.existing(rule), rule.path("securityGroupRuleId").asText()));
        return rules;
    }
}
