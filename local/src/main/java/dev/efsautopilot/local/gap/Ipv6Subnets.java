package dev.efsautopilot.local.gap;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.efsautopilot.local.call.AwsCall;
import dev.efsautopilot.local.call.Json;
import dev.efsautopilot.local.call.Response;
import dev.efsautopilot.local.call.Xml;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * {@code Ipv6CidrBlock}: "The IPv6 network range for the subnet, in CIDR notation." (Amazon EC2 API
 * Reference, CreateSubnet) and {@code IpAddressType}: "Specify the type of IP address of the mount
 * target you are creating. Options are IPv4, dual stack, or IPv6." (Amazon EFS API Reference,
 * CreateMountTarget). MiniStack's subnets have no IPv6, so it refuses such mount targets.
 */
public final class Ipv6Subnets implements Gap {
    private static final String SUBNET = "subnetId";
    private static final String ADDRESS_TYPE = "IpAddressType";
    private static final String ONLY = "IPV6_ONLY";

    private final Map<String, String> blocks = new ConcurrentHashMap<>();
    private final Map<String, ObjectNode> targets = new ConcurrentHashMap<>();

    @Override
    public Response answer(AwsCall call, Next next) {
        return switch (call.service() + " " + call.operation()) {
            case "ec2 CreateSubnet" -> made(call, next.pass(call));
            case "ec2 DescribeSubnets" -> subnets(next.pass(call));
            case "elasticfilesystem CreateMountTarget" ->
                    Optional.ofNullable(blocks.get(call.parameter("SubnetId")))
                            .filter(_ -> call.parameters().has(ADDRESS_TYPE))
                            .map(block -> target(call, block, next))
                            .orElseGet(() -> next.pass(call));
            case "elasticfilesystem DescribeMountTargets" -> targets(next.pass(call));
            default -> next.pass(call);
        };
    }

    private Response made(AwsCall call, Response response) {
        var block = call.parameter("ipv6CidrBlock");
        if (response.ok() && !block.isEmpty()) {
            blocks.put(response.document().at("/subnet/subnetId").asText(), block);
        }
        return response;
    }

    private Response subnets(Response response) {
        if (!response.ok() || blocks.isEmpty()) {
            return response;
        }
        var document = Json.copy(response.document());
        for (JsonNode subnet : document.at("/subnetSet/items")) {
            var block = blocks.get(subnet.path(SUBNET).asText());
            if (block != null) {
                var association =
                        ((ObjectNode) subnet)
                                .putObject("ipv6CidrBlockAssociationSet")
                                .putArray("items")
                                .addObject();
                association.put("ipv6CidrBlock", block);
                association.putObject("ipv6CidrBlockState").put("state", "associated");
            }
        }
        return Response.xml(200, Xml.write("DescribeSubnetsResponse", document));
    }

    /** Made for IPv4, and shown with what was asked for. */
    private Response target(AwsCall call, String block, Next next) {
        var type = call.parameter(ADDRESS_TYPE);
        var plain = call.parameters().deepCopy();
        plain.remove(ADDRESS_TYPE);
        var response = next.pass(call.withParameters(plain));
        if (!response.ok() || type.equals("IPV4_ONLY")) {
            return response;
        }
        var target = Json.copy(response.document());
        var shown =
                Json.object()
                        .put(ADDRESS_TYPE, type)
                        .put("Ipv6Address", block.replaceFirst("::/.*", "::") + "50");
        targets.put(target.path("MountTargetId").asText(), shown);
        show(target);
        return Response.json(response.status(), target);
    }

    private Response targets(Response response) {
        if (!response.ok() || targets.isEmpty()) {
            return response;
        }
        var document = Json.copy(response.document());
        document.path("MountTargets").forEach(target -> show((ObjectNode) target));
        return Response.json(response.status(), document);
    }

    private void show(ObjectNode target) {
        Optional.ofNullable(targets.get(target.path("MountTargetId").asText()))
                .ifPresent(shown -> {
                    target.setAll(shown);
                    if (shown.path(ADDRESS_TYPE).asText().equals(ONLY)) {
                        target.remove("IpAddress");
                    }
                });
    }
}
