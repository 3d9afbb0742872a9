package dev.efsautopilot.diagnosis;

import com.fasterxml.jackson.databind.JsonNode;
import dev.efsautopilot.aws.ContainerInstance;
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
 * @param executionRole its task execution role; empty where there is none of that name
 * @param instance the container instance; empty for Fargate
 * @param network what is between it and its mount targets
 * @param volumes its volumes on EFS and S3 Files
 */
public record TaskFacts(
        Task task,
        Fact<JsonNode> definition,
        Fact<NfsClient> client,
        Fact<Optional<ExecutionRole>> executionRole,
        Fact<Optional<ContainerInstance>> instance,
        NetworkFacts network,
        List<VolumeFacts> volumes) {}
