package dev.efsautopilot.aws;

import java.util.List;
import java.util.Map;

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
        Map<String, String> tags) {}
