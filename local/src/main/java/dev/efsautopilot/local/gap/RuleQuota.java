package dev.efsautopilot.local.gap;

import dev.efsautopilot.local.call.AwsCall;
import dev.efsautopilot.local.call.Response;
import dev.efsautopilot.local.call.Upstream;
import java.util.Collection;
import java.util.Set;
import java.util.function.Predicate;

/**
 * "Inbound or outbound rules per security group: 60 … enforced separately for inbound and outbound
 * rules" and "separately for IPv4 rules and IPv6 rules … A rule that references a security group or
 * AWS-managed prefix list ID counts as one rule for IPv4 and one rule for IPv6." (Amazon VPC User
 * Guide, Amazon VPC quotas). More are RulesPerSecurityGroupLimitExceeded. A prefix list counts as
 * one here, whatever its size.
 */
public final class RuleQuota implements Gap {
    private static final Set<String> OPERATIONS =
            Set.of("AuthorizeSecurityGroupIngress", "AuthorizeSecurityGroupEgress");

    /** The quota of an account that has not asked for more. */
    public static final int RULES = 60;

    private final Upstream upstream;

    public RuleQuota(Upstream upstream) {
        this.upstream = upstream;
    }

    @Override
    public Response answer(AwsCall call, Next next) {
        if (!call.service().equals("ec2") || !OPERATIONS.contains(call.operation())) {
            return next.pass(call);
        }
        var egress = call.operation().endsWith("Egress");
        var there = SecurityGroupRules.of(upstream, call.parameter("groupId"), egress).keySet();
        var asked = RuleKey.requested(call.parameters());
        return exceeded(there, asked, RuleKey::ofIpv4) || exceeded(there, asked, RuleKey::ofIpv6)
                ? Response.xmlError(
                        "RulesPerSecurityGroupLimitExceeded",
                        "The maximum number of rules per security group has been reached.")
                : next.pass(call);
    }

    private static boolean exceeded(
            Collection<RuleKey> there, Collection<RuleKey> asked, Predicate<RuleKey> family) {
        var more = asked.stream().filter(family).count();
        return more > 0 && there.stream().filter(family).count() + more > RULES;
    }
}
