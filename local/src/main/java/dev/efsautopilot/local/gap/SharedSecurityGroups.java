package dev.efsautopilot.local.gap;

import com.fasterxml.jackson.databind.JsonNode;
import dev.efsautopilot.local.call.AwsCall;
import dev.efsautopilot.local.call.Json;
import dev.efsautopilot.local.call.Response;
import dev.efsautopilot.local.call.Upstream;
import dev.efsautopilot.local.call.Xml;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * "To reference a security group that is in another AWS account but the same Region, include the
 * account number with the ID of the security group" (Amazon VPC Peering Guide), and without it, or
 * where there is no such group, the error is {@code InvalidGroup.NotFound}: "The specified security
 * group does not exist." (Amazon EC2 API Reference, Error codes). DescribeSecurityGroups shows
 * groups that another account shares, and its filter {@code group-id} counts. MiniStack takes every
 * reference, knows one account's groups and ignores the filter.
 */
public final class SharedSecurityGroups implements Gap {
    private static final Set<String> REFERENCES =
            Set.of("AuthorizeSecurityGroupIngress", "AuthorizeSecurityGroupEgress");

    private final Upstream upstream;
    private final Map<String, String> owners = new ConcurrentHashMap<>();

    public SharedSecurityGroups(Upstream upstream) {
        this.upstream = upstream;
    }

    /** Lets another account share a group of its own, which this account then sees. */
    public void share(String groupId, String owner) {
        owners.put(groupId, owner);
    }

    @Override
    public Response answer(AwsCall call, Next next) {
        if (call.is("ec2", "DescribeSecurityGroups")) {
            var wanted = wanted(call);
            return wanted.isEmpty() ? next.pass(call) : described(next.pass(call), wanted);
        }
        return call.service().equals("ec2") && REFERENCES.contains(call.operation())
                ? unknown(call).orElseGet(() -> next.pass(call))
                : next.pass(call);
    }

    /** The ids that its filter names. */
    private static Set<String> wanted(AwsCall call) {
        return call.parameters()
                .at("/filterSet/items")
                .valueStream()
                .filter(filter -> filter.path("name").asText().equals("group-id"))
                .flatMap(filter -> filter.at("/valueSet/items").valueStream())
                .map(value -> value.path("value").asText())
                .collect(Collectors.toSet());
    }

    private Response described(Response response, Set<String> wanted) {
        if (!response.ok()) {
            return response;
        }
        var document = Json.copy(response.document());
        var found = Json.array();
        document.at("/securityGroupInfo/items")
                .valueStream()
                .filter(group -> wanted.contains(group.path("groupId").asText()))
                .forEach(found::add);
        wanted.stream()
                .filter(owners::containsKey)
                .forEach(id -> found.addObject().put("groupId", id).put("ownerId", owners.get(id)));
        document.putObject("securityGroupInfo").set("items", found);
        return Response.xml(200, Xml.write("DescribeSecurityGroupsResponse", document));
    }

    private Optional<Response> unknown(AwsCall call) {
        return peers(call)
                .filter(peer -> !known(peer))
                .findFirst()
                .map(peer ->
                        Response.xmlError(
                                "InvalidGroup.NotFound",
                                "The security group '%s' does not exist"
                                        .formatted(peer.path("groupId").asText())));
    }

    private static Stream<JsonNode> peers(AwsCall call) {
        return call.parameters()
                .at("/ipPermissions/items")
                .valueStream()
                .flatMap(permission -> permission.at("/groups/items").valueStream())
                .filter(peer -> peer.has("groupId"));
    }

    private boolean known(JsonNode peer) {
        var id = peer.path("groupId").asText();
        return owners.containsKey(id)
                ? peer.path("userId").asText().equals(owners.get(id))
                : !upstream.ec2("DescribeSecurityGroups", Map.of("GroupId.1", id))
                        .at("/securityGroupInfo/items/0")
                        .isMissingNode();
    }
}
