package dev.efsautopilot.local.tasks;

import com.fasterxml.jackson.databind.JsonNode;
import dev.efsautopilot.local.call.Json;
import dev.efsautopilot.local.call.Upstream;
import dev.efsautopilot.local.tasks.MountFacts.AccessPoint;
import dev.efsautopilot.local.tasks.MountFacts.EfsVolume;
import dev.efsautopilot.local.tasks.MountFacts.Firewall;
import dev.efsautopilot.local.tasks.MountFacts.Host;
import dev.efsautopilot.local.tasks.MountFacts.MountTarget;
import dev.efsautopilot.local.tasks.MountFacts.Rule;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Reads what decides a mount, from what MiniStack says at this moment. */
final class MountFactsReader {
    /** MiniStack holds a prefix list in a group's place. */
    private static final String PREFIX_LIST = "pl-";

    private final Upstream upstream;
    private final String region;
    private final Directories directories;
    private final LifeCycles lifeCycles;

    MountFactsReader(
            Upstream upstream, String region, Directories directories, LifeCycles lifeCycles) {
        this.upstream = upstream;
        this.region = region;
        this.directories = directories;
        this.lifeCycles = lifeCycles;
    }

    MountFacts read(EfsVolume volume, NetworkInterface from) {
        var accessPoint = volume.accessPointId().flatMap(this::accessPoint);
        var path = accessPoint.map(AccessPoint::path).orElse(volume.rootDirectory());
        return new MountFacts(
                region,
                volume,
                fileSystemState(volume.fileSystemId()),
                target(volume.fileSystemId(), from),
                accessPoint,
                directories.exists(volume.fileSystemId(), path),
                new Host(from.address(), firewalls(from.groups())));
    }

    private Optional<String> fileSystemState(String id) {
        return first(upstream.efs("file-systems?FileSystemId=" + id), "FileSystems")
                .map(found -> state(id, found));
    }

    private String state(String id, JsonNode found) {
        return lifeCycles.of(id).orElseGet(() -> found.path("LifeCycleState").asText());
    }

    /** The mount target that the host's name service finds: of its VPC and zone. */
    private Optional<MountTarget> target(String fileSystemId, NetworkInterface from) {
        return upstream.efs("mount-targets?FileSystemId=" + fileSystemId)
                .path("MountTargets")
                .valueStream()
                .filter(found -> found.path("VpcId").asText().equals(from.vpcId()))
                .filter(found -> found.path("AvailabilityZoneName").asText().equals(from.zone()))
                .findFirst()
                .map(this::target);
    }

    private MountTarget target(JsonNode found) {
        var id = found.path("MountTargetId").asText();
        var groups =
                Json.strings(
                                upstream.efs("mount-targets/" + id + "/security-groups")
                                        .path("SecurityGroups"))
                        .toList();
        return new MountTarget(
                state(id, found), found.path("IpAddress").asText(), firewalls(groups));
    }

    private Optional<AccessPoint> accessPoint(String id) {
        return first(upstream.efs("access-points?AccessPointId=" + id), "AccessPoints")
                .map(found ->
                        new AccessPoint(
                                found.path("FileSystemId").asText(),
                                state(id, found),
                                found.at("/RootDirectory/Path").asText("/"),
                                found.at("/RootDirectory/CreationInfo").isObject()));
    }

    private List<Firewall> firewalls(List<String> groups) {
        return groups.stream().map(this::firewall).toList();
    }

    private Firewall firewall(String groupId) {
        var rules =
                upstream.ec2(
                                "DescribeSecurityGroupRules",
                                Map.of("Filter.1.Name", "group-id", "Filter.1.Value.1", groupId))
                        .at("/securityGroupRuleSet/items");
        return new Firewall(groupId, rules(rules, false), rules(rules, true));
    }

    private List<Rule> rules(JsonNode rules, boolean egress) {
        return rules.valueStream()
                .filter(rule -> rule.path("isEgress").asBoolean() == egress)
                .map(rule ->
                        new Rule(
                                rule.path("ipProtocol").asText(),
                                rule.path("fromPort").asInt(-1),
                                rule.path("toPort").asInt(-1),
                                rule.at("/referencedGroupInfo/groupId").asText(),
                                ranges(rule)))
                .toList();
    }

    /** The ranges of its peer; none where that is a group. */
    private List<String> ranges(JsonNode rule) {
        var peer = rule.at("/referencedGroupInfo/groupId").asText();
        return peer.startsWith(PREFIX_LIST)
                ? upstream.ec2("GetManagedPrefixListEntries", Map.of("PrefixListId", peer))
                        .at("/entrySet/items")
                        .valueStream()
                        .map(entry -> entry.path("cidr").asText())
                        .toList()
                : Stream.of("cidrIpv4", "cidrIpv6")
                        .map(family -> rule.path(family).asText())
                        .filter(range -> !range.isEmpty())
                        .toList();
    }

    private static Optional<JsonNode> first(JsonNode answer, String list) {
        return answer.path(list).valueStream().findFirst();
    }
}
