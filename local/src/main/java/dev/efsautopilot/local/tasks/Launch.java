package dev.efsautopilot.local.tasks;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.efsautopilot.local.call.Json;
import dev.efsautopilot.local.call.Upstream;
import java.util.List;
import java.util.Optional;

/**
 * How a task is launched, as far as MiniStack's document does not say it.
 *
 * @param taskDefinition the revision
 * @param subnet where its network interface goes; empty where its network mode is not awsvpc
 * @param groups the security groups asked for; none where the request names none
 * @param instance the container instance it is placed on; empty on Fargate
 * @param host the network interface of that instance
 */
record Launch(
        JsonNode taskDefinition,
        Optional<Subnet> subnet,
        List<String> groups,
        Optional<ObjectNode> instance,
        Optional<NetworkInterface> host) {

    static Launch of(
            Upstream upstream,
            ContainerInstances instances,
            JsonNode made,
            JsonNode taskDefinition,
            JsonNode network) {
        var awsvpc = network.path("awsvpcConfiguration");
        var subnet =
                taskDefinition.path("networkMode").asText().equals("awsvpc")
                        ? Json.strings(awsvpc.path("subnets"))
                                .findFirst()
                                .flatMap(id -> Subnet.find(upstream, id))
                        : Optional.<Subnet>empty();
        var cluster = made.path("clusterArn").asText().replaceAll(".*/", "");
        var instance =
                made.path("launchType").asText().equals("EC2")
                        ? instances.place(cluster)
                        : Optional.<ObjectNode>empty();
        return new Launch(
                taskDefinition,
                subnet,
                Json.strings(awsvpc.path("securityGroups")).toList(),
                instance,
                instance.flatMap(instances::host));
    }

    /** The availability zone: the subnet's, or the instance's. */
    Optional<String> zone() {
        return subnet.map(Subnet::zone).or(() -> host.map(NetworkInterface::zone));
    }
}
