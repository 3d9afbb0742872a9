package dev.efsautopilot.diagnosis;

import com.fasterxml.jackson.databind.JsonNode;
import dev.efsautopilot.aws.ContainerInstance;
import dev.efsautopilot.aws.RouteTable;
import dev.efsautopilot.network.Doors;
import dev.efsautopilot.network.NfsClient;
import dev.efsautopilot.task.Task;
import java.util.List;
import java.util.Optional;

/**
 * All that a diagnosis is made from, read before.
 *
 * @param task the task, running or stopped
 * @param definition {@code {"taskDefinition": …, "tags": […]}}
 * @param client where the task is; without security groups where they are no longer known
 * @param instance the container instance; empty for Fargate
 * @param dns whether its VPC resolves the names of file systems
 * @param doors the rules of the security groups of both sides
 * @param routes the route tables of its VPC; none where no way leaves a subnet
 * @param volumes its volumes on EFS
 */
public record TaskFacts(
        Task task,
        Fact<JsonNode> definition,
        Fact<NfsClient> client,
        Fact<Optional<ContainerInstance>> instance,
        Fact<Dns> dns,
        Fact<Doors> doors,
        Fact<List<RouteTable>> routes,
        List<VolumeFacts> volumes) {

    /**
     * A VPC's names.
     *
     * @param vpcId the VPC
     * @param support {@code enableDnsSupport}
     * @param hostnames {@code enableDnsHostnames}
     */
    public record Dns(String vpcId, boolean support, boolean hostnames) {}
}
