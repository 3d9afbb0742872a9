package dev.efsautopilot.local.gap;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.efsautopilot.local.call.AwsCall;
import dev.efsautopilot.local.call.Json;
import dev.efsautopilot.local.call.Response;
import dev.efsautopilot.local.call.Upstream;
import dev.efsautopilot.local.call.Xml;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * "The blackhole state indicates that the route's target isn't available (for example, the
 * specified gateway isn't attached to the VPC, or the specified NAT instance has been terminated)."
 * (Amazon EC2 API Reference, Route). Here for routes to NAT gateways; in MiniStack every route is
 * active.
 */
public final class BlackHoleRoutes implements Gap {
    private final Upstream upstream;

    public BlackHoleRoutes(Upstream upstream) {
        this.upstream = upstream;
    }

    @Override
    public Response answer(AwsCall call, Next next) {
        var response = next.pass(call);
        if (!call.is("ec2", "DescribeRouteTables") || !response.ok()) {
            return response;
        }
        var document = Json.copy(response.document());
        var gateways = gateways();
        for (var table : document.at("/routeTableSet/items")) {
            for (var route : table.at("/routeSet/items")) {
                if (route.has("natGatewayId")
                        && !gateways.contains(route.path("natGatewayId").asText())) {
                    ((ObjectNode) route).put("state", "blackhole");
                }
            }
        }
        return Response.xml(200, Xml.write("DescribeRouteTablesResponse", document));
    }

    private Set<String> gateways() {
        return upstream.ec2("DescribeNatGateways", Map.of())
                .at("/natGatewaySet/items")
                .valueStream()
                .filter(it -> !it.path("state").asText().startsWith("delet"))
                .map(it -> it.path("natGatewayId").asText())
                .collect(Collectors.toSet());
    }
}
