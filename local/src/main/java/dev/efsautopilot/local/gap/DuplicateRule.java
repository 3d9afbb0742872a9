package dev.efsautopilot.local.gap;

import dev.efsautopilot.local.call.AwsCall;
import dev.efsautopilot.local.call.Form;
import dev.efsautopilot.local.call.Response;
import dev.efsautopilot.local.call.Upstream;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.regex.Pattern;

/**
 * InvalidPermission.Duplicate: "The specified inbound or outbound rule already exists for that
 * security group." (Amazon EC2 API Reference, Error codes). Such a call adds none of its rules. And
 * each peer of a permission is a rule with an id of its own, as the result of
 * AuthorizeSecurityGroupIngress lists them (SecurityGroupRules: "Information about the inbound
 * (ingress) security group rules that were added."); MiniStack would keep them as one.
 */
public final class DuplicateRule implements Gap {
    private static final Set<String> OPERATIONS =
            Set.of("AuthorizeSecurityGroupIngress", "AuthorizeSecurityGroupEgress");
    private static final Pattern PEER =
            Pattern.compile(
                    "IpPermissions\\.(\\d+)\\.(Groups|IpRanges|Ipv6Ranges|PrefixListIds)\\.(\\d+)\\.(.+)");
    private static final Pattern SCALAR =
            Pattern.compile("IpPermissions\\.(\\d+)\\.(IpProtocol|FromPort|ToPort)");

    private final Upstream upstream;
    private final ReentrantLock oneAtATime = new ReentrantLock();

    public DuplicateRule(Upstream upstream) {
        this.upstream = upstream;
    }

    @Override
    public Response answer(AwsCall call, Next next) {
        if (!call.service().equals("ec2") || !OPERATIONS.contains(call.operation())) {
            return next.pass(call);
        }
        oneAtATime.lock();
        try {
            var egress = call.operation().endsWith("Egress");
            var existing =
                    SecurityGroupRules.of(upstream, call.parameter("groupId"), egress).keySet();
            return RuleKey.requested(call.parameters()).stream()
                    .filter(existing::contains)
                    .findFirst()
                    .map(DuplicateRule::refuse)
                    .orElseGet(() -> next.pass(call.withForm(onePeerEach(call.request().text()))));
        } finally {
            oneAtATime.unlock();
        }
    }

    private static Response refuse(RuleKey duplicate) {
        return Response.xmlError(
                "InvalidPermission.Duplicate",
                "the specified rule \"" + duplicate.words() + "\" already exists");
    }

    /** The same form with as many permissions as there are peers. */
    static String onePeerEach(String form) {
        var all = Form.parse(form);
        var split = new LinkedHashMap<String, String>();
        var numbers = new LinkedHashMap<String, Integer>();
        all.forEach((name, value) -> {
            var peer = PEER.matcher(name);
            if (peer.matches()) {
                var source = peer.group(1) + peer.group(2) + peer.group(3);
                var number = numbers.computeIfAbsent(source, it -> numbers.size() + 1);
                var prefix = "IpPermissions." + number + ".";
                scalars(all, peer.group(1), prefix, split);
                split.put(prefix + peer.group(2) + ".1." + peer.group(4), value);
            } else if (!SCALAR.matcher(name).matches()) {
                split.put(name, value);
            }
        });
        return numbers.isEmpty() ? form : Form.write(split);
    }

    private static void scalars(
            Map<String, String> all, String from, String prefix, Map<String, String> split) {
        for (var name : new String[] {"IpProtocol", "FromPort", "ToPort"}) {
            var value = all.get("IpPermissions." + from + "." + name);
            if (value != null) {
                split.put(prefix + name, value);
            }
        }
    }
}
