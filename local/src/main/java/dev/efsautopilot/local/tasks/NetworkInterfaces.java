package dev.efsautopilot.local.tasks;

import dev.efsautopilot.local.call.Upstream;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The network interfaces of tasks while they live. */
public final class NetworkInterfaces {
    private static final int FIRST_ADDRESS = 100;

    private final Upstream upstream;
    private final Map<String, NetworkInterface> interfaces = new ConcurrentHashMap<>();
    private final AtomicInteger next = new AtomicInteger(FIRST_ADDRESS);

    NetworkInterfaces(Upstream upstream) {
        this.upstream = upstream;
    }

    /** Those that are there now. */
    public List<NetworkInterface> all() {
        return List.copyOf(interfaces.values());
    }

    /** Makes one for a service; empty where there is no such subnet. */
    public Optional<NetworkInterface> create(
            String subnetId, List<String> groups, String description) {
        return Subnet.find(upstream, subnetId).map(at -> create(at, groups, description));
    }

    /** Makes one in the subnet; without groups it gets the default group of its VPC. */
    NetworkInterface create(Subnet subnet, List<String> groups, String description) {
        var made =
                new NetworkInterface(
                        "eni-" + UUID.randomUUID().toString().replace("-", "").substring(0, 17),
                        subnet.id(),
                        subnet.vpcId(),
                        subnet.zone(),
                        Cidr.parse(subnet.cidr()).address(next.getAndIncrement()),
                        mac(),
                        groups.isEmpty() ? defaultGroup(subnet.vpcId()) : groups,
                        description,
                        "ecs.amazonaws.com",
                        "in-use");
        interfaces.put(made.id(), made);
        return made;
    }

    void delete(NetworkInterface gone) {
        interfaces.remove(gone.id());
    }

    private List<String> defaultGroup(String vpcId) {
        var filters =
                Map.of(
                        "Filter.1.Name",
                        "vpc-id",
                        "Filter.1.Value.1",
                        vpcId,
                        "Filter.2.Name",
                        "group-name",
                        "Filter.2.Value.1",
                        "default");
        return upstream.ec2("DescribeSecurityGroups", filters)
                .at("/securityGroupInfo/items")
                .valueStream()
                .map(group -> group.path("groupId").asText())
                .limit(1)
                .toList();
    }

    private static String mac() {
        var random = ThreadLocalRandom.current();
        return Stream.concat(
                        Stream.of("02"),
                        random.ints(5, 0, 256).mapToObj(part -> "%02x".formatted(part)))
                .collect(Collectors.joining(":"));
    }
}
