package dev.efsautopilot.local.gap;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.efsautopilot.local.call.AwsCall;
import dev.efsautopilot.local.call.Json;
import dev.efsautopilot.local.call.Response;
import dev.efsautopilot.local.call.Upstream;
import dev.efsautopilot.local.call.Xml;
import dev.efsautopilot.local.tasks.NetworkInterface;
import dev.efsautopilot.local.tasks.NetworkInterfaces;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * Tasks and mount targets have network interfaces that EC2 describes: "If you specify the awsvpc
 * network mode, the task is allocated an elastic network interface" (Amazon ECS API Reference,
 * RegisterTaskDefinition) and "Each Amazon EFS mount target has one corresponding requester-managed
 * EC2 network interface." (Amazon EFS API Reference, CreateMountTarget). The filters of
 * DescribeNetworkInterfaces count, and an id that is not there is
 * InvalidNetworkInterfaceID.NotFound (Amazon EC2 API Reference, Error codes).
 */
public final class NetworkInterfaceDescriptions implements Gap {
    private static final Map<String, String> FILTERS =
            Map.of(
                    "network-interface-id", "/networkInterfaceId",
                    "subnet-id", "/subnetId",
                    "vpc-id", "/vpcId",
                    "availability-zone", "/availabilityZone",
                    "description", "/description",
                    "status", "/status",
                    "private-ip-address", "/privateIpAddress",
                    "addresses.private-ip-address", "/privateIpAddress");

    private static final int ALL = 100_000;

    private final Upstream upstream;
    private final NetworkInterfaces ofTasks;
    private final String region;
    private final String account;

    public NetworkInterfaceDescriptions(
            Upstream upstream, NetworkInterfaces ofTasks, String region, String account) {
        this.upstream = upstream;
        this.ofTasks = ofTasks;
        this.region = region;
        this.account = account;
    }

    @Override
    public Response answer(AwsCall call, Next next) {
        if (!call.is("ec2", "DescribeNetworkInterfaces")) {
            return next.pass(call);
        }
        var ids = items(call.parameters(), "networkInterfaceIdSet", "networkInterfaceId");
        var found =
                Stream.of(
                                upstream.ec2("DescribeNetworkInterfaces", Map.of())
                                        .at("/networkInterfaceSet/items")
                                        .valueStream(),
                                ofTasks.all().stream().map(this::describe),
                                ofMountTargets().map(this::describe))
                        .flatMap(list -> list)
                        .filter(it -> ids.isEmpty() || ids.contains(id(it)))
                        .filter(it -> matches(it, call.parameters().at("/filterSet/items")))
                        .toList();
        for (var id : ids) {
            if (found.stream().noneMatch(it -> id(it).equals(id))) {
                return Response.xmlError(
                        "InvalidNetworkInterfaceID.NotFound",
                        "The networkInterface ID '" + id + "' does not exist");
            }
        }
        var answer = Json.object().put("requestId", UUID.randomUUID().toString());
        answer.putObject("networkInterfaceSet").set("items", Json.array().addAll(found));
        return Response.xml(200, Xml.write("DescribeNetworkInterfacesResponse", answer));
    }

    private Stream<NetworkInterface> ofMountTargets() {
        return upstream.efs("mount-targets?MaxItems=" + ALL)
                .path("MountTargets")
                .valueStream()
                .map(this::ofMountTarget);
    }

    private NetworkInterface ofMountTarget(JsonNode target) {
        var id = target.path("MountTargetId").asText();
        var groups =
                upstream.efs("mount-targets/" + id + "/security-groups").path("SecurityGroups");
        return new NetworkInterface(
                target.path("NetworkInterfaceId").asText(),
                target.path("SubnetId").asText(),
                target.path("VpcId").asText(),
                target.path("AvailabilityZoneName").asText(),
                target.path("IpAddress").asText(),
                "02:ef:50:00:00:01",
                Json.strings(groups).toList(),
                "EFS mount target for %s (%s)".formatted(target.path("FileSystemId").asText(), id),
                "amazon-elasticfilesystem",
                "in-use");
    }

    private ObjectNode describe(NetworkInterface it) {
        var json =
                Json.object()
                        .put("networkInterfaceId", it.id())
                        .put("subnetId", it.subnetId())
                        .put("vpcId", it.vpcId())
                        .put("availabilityZone", it.zone())
                        .put("description", it.description())
                        .put("ownerId", account)
                        .put("requesterId", it.requester())
                        .put("requesterManaged", true)
                        .put("status", it.status())
                        .put("macAddress", it.mac())
                        .put("privateIpAddress", it.address())
                        .put("privateDnsName", it.privateDnsName(region))
                        .put("sourceDestCheck", true)
                        .put("interfaceType", "interface");
        var groups = json.putObject("groupSet").putArray("items");
        it.groups().forEach(group -> groups.addObject().put("groupId", group));
        json.putObject("privateIpAddressesSet")
                .putArray("items")
                .addObject()
                .put("privateIpAddress", it.address())
                .put("primary", true);
        return json;
    }

    private static boolean matches(JsonNode found, JsonNode filters) {
        return filters.valueStream()
                .allMatch(filter -> {
                    var wanted = items(filter, "valueSet", "value");
                    var name = filter.path("name").asText();
                    return name.equals("group-id")
                            ? groups(found).anyMatch(wanted::contains)
                            : wanted.contains(found.at(FILTERS.getOrDefault(name, "/")).asText());
                });
    }

    private static Stream<String> groups(JsonNode found) {
        return found.at("/groupSet/items")
                .valueStream()
                .map(group -> group.path("groupId").asText());
    }

    private static List<String> items(JsonNode node, String list, String name) {
        return node.path(list)
                .path("items")
                .valueStream()
                .map(item -> item.path(name).asText())
                .toList();
    }

    private static String id(JsonNode found) {
        return found.path("networkInterfaceId").asText();
    }
}
