package dev.efsautopilot.local.tasks;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.efsautopilot.local.call.Json;
import dev.efsautopilot.local.call.Upstream;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentSkipListMap;

/** The EC2 instances that have registered themselves with a cluster, as their agent does. */
public final class ContainerInstances {
    private final Upstream upstream;
    private final Map<String, ObjectNode> instances = new ConcurrentSkipListMap<>();

    public ContainerInstances(Upstream upstream) {
        this.upstream = upstream;
    }

    /**
     * Registers an instance, ACTIVE at once.
     *
     * @param clusterArn of the cluster it joins
     * @param attributes as the agent sends them, for example {@code ecs.capability.efsAuth}
     * @return its document as DescribeContainerInstances returns it
     */
    public ObjectNode register(String clusterArn, String ec2InstanceId, JsonNode attributes) {
        var id = UUID.randomUUID().toString().replace("-", "");
        var arn = clusterArn.replace(":cluster/", ":container-instance/") + "/" + id;
        var document =
                Json.object()
                        .put("containerInstanceArn", arn)
                        .put("ec2InstanceId", ec2InstanceId)
                        .put("status", "ACTIVE")
                        .put("agentConnected", true)
                        .put("version", 1)
                        .put("runningTasksCount", 0)
                        .put("pendingTasksCount", 0)
                        .put("registeredAt", TaskDocument.time(Instant.now()));
        document.set("attributes", attributes.isArray() ? attributes : Json.array());
        instances.put(arn, document);
        return document.deepCopy();
    }

    /** Those of a cluster. */
    public List<ObjectNode> of(String cluster) {
        return instances.values().stream()
                .filter(it -> arn(it).contains(":container-instance/" + cluster + "/"))
                .map(ObjectNode::deepCopy)
                .toList();
    }

    /** One by its ARN or the id at its end. */
    public Optional<ObjectNode> find(String cluster, String reference) {
        return of(cluster).stream()
                .filter(it -> arn(it).equals(reference) || arn(it).endsWith("/" + reference))
                .findFirst();
    }

    /** Changes its status, for example to DRAINING; INACTIVE forgets it. */
    public ObjectNode setStatus(ObjectNode instance, String status) {
        var changed = instance.deepCopy().put("status", status);
        changed.put("version", instance.path("version").asInt() + 1);
        if (status.equals("INACTIVE")) {
            instances.remove(arn(instance));
        } else {
            instances.put(arn(instance), changed);
        }
        return changed.deepCopy();
    }

    /** An instance of the cluster that takes tasks, if any. */
    public Optional<ObjectNode> place(String cluster) {
        return of(cluster).stream()
                .filter(it -> it.path("status").asText().equals("ACTIVE"))
                .findFirst();
    }

    /** The network interface of an instance: tasks in bridge or host mode mount through it. */
    Optional<NetworkInterface> host(ObjectNode instance) {
        var id = instance.path("ec2InstanceId").asText();
        var found =
                upstream.ec2("DescribeInstances", Map.of("InstanceId.1", id))
                        .at("/reservationSet/items/0/instancesSet/items/0");
        if (found.isMissingNode()) {
            return Optional.empty();
        }
        var groups =
                found.at("/groupSet/items")
                        .valueStream()
                        .map(group -> group.path("groupId").asText())
                        .toList();
        return Optional.of(
                new NetworkInterface(
                        "eni-of-" + id,
                        found.path("subnetId").asText(),
                        found.path("vpcId").asText(),
                        found.at("/placement/availabilityZone").asText(),
                        found.path("privateIpAddress").asText(),
                        "02:00:00:00:00:01",
                        groups,
                        "Primary network interface",
                        "ec2.amazonaws.com",
                        "in-use"));
    }

    private static String arn(ObjectNode instance) {
        return instance.path("containerInstanceArn").asText();
    }
}
