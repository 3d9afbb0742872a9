package dev.efsautopilot.local.gap;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.efsautopilot.local.call.AwsCall;
import dev.efsautopilot.local.call.Json;
import dev.efsautopilot.local.call.Response;
import dev.efsautopilot.local.call.Xml;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * The ports of a network ACL's entry: "PortRange: TCP or UDP protocols: The range of ports the rule
 * applies to. Required if specifying protocol 6 (TCP) or 17 (UDP)." (Amazon EC2 API Reference,
 * CreateNetworkAclEntry). MiniStack forgets them, so that entries which somebody creates are kept
 * here, beside those that a network ACL has from the beginning.
 */
public final class NetworkAclEntries implements Gap {
    private final Map<String, List<ObjectNode>> created = new ConcurrentHashMap<>();

    @Override
    public Response answer(AwsCall call, Next next) {
        if (!call.service().equals("ec2")) {
            return next.pass(call);
        }
        return switch (call.operation()) {
            case "CreateNetworkAclEntry" -> create(call);
            case "DeleteNetworkAclEntry" -> delete(call, next);
            case "DescribeNetworkAcls" -> describe(next.pass(call));
            default -> next.pass(call);
        };
    }

    private Response create(AwsCall call) {
        var entries = entries(call.parameter("networkAclId"));
        var entry = Json.copy(call.parameters());
        entry.remove("networkAclId");
        if (entries.stream().anyMatch(it -> sameNumber(it, entry))) {
            return Response.xmlError(
                    "NetworkAclEntryAlreadyExists",
                    "The network acl entry identified by "
                            + entry.path("ruleNumber")
                            + " already exists.");
        }
        entries.add(entry);
        return done(call);
    }

    private Response delete(AwsCall call, Next next) {
        return entries(call.parameter("networkAclId"))
                        .removeIf(it -> sameNumber(it, call.parameters()))
                ? done(call)
                : next.pass(call);
    }

    private Response describe(Response response) {
        if (!response.ok()) {
            return response;
        }
        var document = Json.copy(response.document());
        for (var acl : document.at("/networkAclSet/items")) {
            var entries =
                    ((ObjectNode) acl).withObjectProperty("entrySet").withArrayProperty("items");
            entries(acl.path("networkAclId").asText()).forEach(entries::add);
        }
        return Response.xml(200, Xml.write("DescribeNetworkAclsResponse", document));
    }

    private List<ObjectNode> entries(String acl) {
        return created.computeIfAbsent(acl, _ -> new CopyOnWriteArrayList<>());
    }

    private static boolean sameNumber(ObjectNode one, ObjectNode other) {
        return one.path("ruleNumber").equals(other.path("ruleNumber"))
                && one.path("egress").equals(other.path("egress"));
    }

    private static Response done(AwsCall call) {
        return Response.xml(
                200,
                Xml.write(
                        call.operation() + "Response",
                        Json.object()
                                .put("requestId", UUID.randomUUID().toString())
                                .put("_return", true)));
    }
}
