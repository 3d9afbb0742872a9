package dev.efsautopilot.local.gap;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.efsautopilot.local.call.AwsCall;
import dev.efsautopilot.local.call.Json;
import dev.efsautopilot.local.call.Response;
import dev.efsautopilot.local.call.Upstream;
import dev.efsautopilot.local.call.Xml;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/**
 * Which network ACL a subnet has: "Each subnet in your VPC must be associated with a network ACL.
 * If you don't explicitly associate a subnet with a network ACL, the subnet is automatically
 * associated with the default network ACL." (Amazon VPC User Guide, Control subnet traffic with
 * network access control lists). MiniStack associates none, and forgets the subnet when an
 * association is replaced. The filter {@code association.subnet-id} counts as well.
 */
public final class NetworkAclAssociations implements Gap {
    private final Upstream upstream;

    /** The network ACL of each subnet that has not the default one. */
    private final Map<String, String> replaced = new ConcurrentHashMap<>();

    public NetworkAclAssociations(Upstream upstream) {
        this.upstream = upstream;
    }

    @Override
    public Response answer(AwsCall call, Next next) {
        if (call.is("ec2", "ReplaceNetworkAclAssociation")) {
            return replace(call);
        }
        return call.is("ec2", "DescribeNetworkAcls")
                ? describe(call, next.pass(call))
                : next.pass(call);
    }

    private Response replace(AwsCall call) {
        var subnet = call.parameter("associationId").replace("aclassoc-", "subnet-");
        replaced.put(subnet, call.parameter("networkAclId"));
        return Response.xml(
                200,
                Xml.write(
                        "ReplaceNetworkAclAssociationResponse",
                        Json.object()
                                .put("requestId", UUID.randomUUID().toString())
                                .put("newAssociationId", association(subnet))));
    }

    private Response describe(AwsCall call, Response response) {
        if (!response.ok()) {
            return response;
        }
        var wanted =
                call.parameters()
                        .at("/filterSet/items")
                        .valueStream()
                        .filter(it -> it.path("name").asText().equals("association.subnet-id"))
                        .flatMap(it -> it.at("/valueSet/items").valueStream())
                        .map(it -> it.path("value").asText())
                        .collect(Collectors.toSet());
        var subnets = upstream.ec2("DescribeSubnets", Map.of()).at("/subnetSet/items");
        var document = Json.copy(response.document());
        var acls = Json.array();
        for (var acl : document.at("/networkAclSet/items")) {
            var described = withAssociations(Json.copy(acl), subnets);
            var has =
                    described
                            .at("/associationSet/items")
                            .valueStream()
                            .anyMatch(it -> wanted.contains(it.path("subnetId").asText()));
            if (wanted.isEmpty() || has) {
                acls.add(described);
            }
        }
        document.putObject("networkAclSet").set("items", acls);
        return Response.xml(200, Xml.write("DescribeNetworkAclsResponse", document));
    }

    private ObjectNode withAssociations(ObjectNode acl, JsonNode subnets) {
        var id = acl.path("networkAclId").asText();
        var associations = acl.putObject("associationSet").putArray("items");
        for (var subnet : subnets) {
            var subnetId = subnet.path("subnetId").asText();
            var other = replaced.get(subnetId);
            var standard =
                    other == null
                            && acl.path("default").asBoolean()
                            && acl.path("vpcId").equals(subnet.path("vpcId"));
            if (standard || id.equals(other)) {
                associations
                        .addObject()
                        .put("networkAclAssociationId", association(subnetId))
                        .put("networkAclId", id)
                        .put("subnetId", subnetId);
            }
        }
        return acl;
    }

    /** AWS gives a new id each time; here it names the subnet. */
    private static String association(String subnet) {
        return subnet.replace("subnet-", "aclassoc-");
    }
}
