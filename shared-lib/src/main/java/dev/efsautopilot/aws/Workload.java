package dev.efsautopilot.aws;

import com.fasterxml.jackson.databind.JsonNode;
import dev.efsautopilot.json.Json;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * An ECS service: what keeps tasks of a task definition running.
 *
 * @param arn its ARN
 * @param clusterArn its cluster
 * @param status {@code ACTIVE}, {@code DRAINING} or {@code INACTIVE}
 * @param taskDefinition the ARN of the revision that it is to run; "" where an external controller
 *     decides that
 * @param controller who deploys it: {@code ECS}, {@code CODE_DEPLOY} or {@code EXTERNAL}
 * @param failed the ARNs of revisions whose deployment failed, as far as ECS still lists them
 * @param tags its tags
 */
public record Workload(
        String arn,
        String clusterArn,
        String status,
        String taskDefinition,
        String controller,
        List<String> failed,
        Map<String, String> tags) {

    /**
     * A service in a few words.
     *
     * @param described the service as {@code DescribeServices} has it
     */
    static Workload of(JsonNode described) {
        return new Workload(
                Json.text(described, "serviceArn"),
                Json.text(described, "clusterArn"),
                Json.text(described, "status"),
                Json.text(described, "taskDefinition"),
                Json.optionalText(described.path("deploymentController"), "type").orElse("ECS"),
                Json.list(described, "deployments").stream()
                        .filter(one -> Json.text(one, "rolloutState").equals("FAILED"))
                        .map(one -> Json.text(one, "taskDefinition"))
                        .toList(),
                Json.list(described, "tags").stream()
                        .collect(
                                Collectors.toUnmodifiableMap(
                                        tag -> Json.text(tag, "key"),
                                        tag -> Json.text(tag, "value"))));
    }
}
