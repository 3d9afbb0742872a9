package dev.efsautopilot.local.gap;

import dev.efsautopilot.local.call.AwsCall;
import dev.efsautopilot.local.call.Json;
import dev.efsautopilot.local.call.Response;
import dev.efsautopilot.local.call.Upstream;
import dev.efsautopilot.local.call.Xml;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A default VPC has both DNS attributes on, enableDnsSupport and enableDnsHostnames (Amazon VPC
 * User Guide, DNS attributes for your VPC). In MiniStack's the second one is off, until somebody
 * sets it.
 */
public final class DefaultVpcDnsHostnames implements Gap {
    private static final String ATTRIBUTE = "enableDnsHostnames";

    private final Upstream upstream;
    private final Set<String> set = ConcurrentHashMap.newKeySet();

    public DefaultVpcDnsHostnames(Upstream upstream) {
        this.upstream = upstream;
    }

    @Override
    public Response answer(AwsCall call, Next next) {
        var vpc = call.parameter("vpcId");
        if (call.is("ec2", "ModifyVpcAttribute") && call.parameters().has(ATTRIBUTE)) {
            set.add(vpc);
        }
        if (!call.is("ec2", "DescribeVpcAttribute")
                || !call.parameter("attribute").equals(ATTRIBUTE)
                || set.contains(vpc)
                || !isDefault(vpc)) {
            return next.pass(call);
        }
        var answer = Json.object().put("vpcId", vpc);
        answer.putObject(ATTRIBUTE).put("value", true);
        return Response.xml(200, Xml.write("DescribeVpcAttributeResponse", answer));
    }

    private boolean isDefault(String vpc) {
        return upstream.ec2("DescribeVpcs", Map.of("VpcId.1", vpc))
                .at("/vpcSet/items/0/isDefault")
                .asBoolean();
    }
}
