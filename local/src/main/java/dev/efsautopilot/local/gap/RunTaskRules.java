package dev.efsautopilot.local.gap;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.efsautopilot.local.call.Response;
import java.util.Optional;

/** What RunTask refuses (Amazon ECS API Reference and Developer Guide). */
final class RunTaskRules {
    private static final int MOST_TASKS = 10;

    private RunTaskRules() {}

    /**
     * The error that AWS would answer, if any.
     *
     * @param cluster MiniStack's answer to DescribeClusters
     * @param described MiniStack's answer to DescribeTaskDefinition
     * @param hosts whether a container instance of the cluster takes tasks
     */
    static Optional<Response> problem(
            ObjectNode request, Response cluster, Response described, boolean hosts) {
        if (!described.ok()) {
            return error("ClientException", "TaskDefinition not found.");
        }
        var taskDefinition = described.document().path("taskDefinition");
        if (taskDefinition.path("status").asText().equals("INACTIVE")) {
            return error("ClientException", "TaskDefinition is inactive");
        }
        if (request.path("count").asInt(1) > MOST_TASKS) {
            return error(
                    "InvalidParameterException", "count: must be between 1 and 10, inclusive.");
        }
        var awsvpc = taskDefinition.path("networkMode").asText().equals("awsvpc");
        var subnets = request.at("/networkConfiguration/awsvpcConfiguration/subnets");
        if (awsvpc && subnets.isEmpty()) {
            return error(
                    "InvalidParameterException",
                    "Network Configuration must be provided when networkMode 'awsvpc' is"
                            + " specified.");
        }
        if (!awsvpc && !subnets.isEmpty()) {
            return error(
                    "InvalidParameterException",
                    "Network Configuration is not valid for the given networkMode of this task"
                            + " definition.");
        }
        if (!hosts && onEc2(request, cluster.document().at("/clusters/0"))) {
            return error(
                    "InvalidParameterException",
                    "No Container Instances were found in your cluster.");
        }
        return Optional.empty();
    }

    /** "EC2" is the launch type where neither it nor a capacity provider strategy is given. */
    private static boolean onEc2(ObjectNode request, JsonNode cluster) {
        return request.path("capacityProviderStrategy").isEmpty()
                && (request.path("launchType").asText().equals("EC2")
                        || (!request.has("launchType")
                                && cluster.path("defaultCapacityProviderStrategy").isEmpty()));
    }

    private static Optional<Response> error(String code, String message) {
        return Optional.of(Response.jsonError(code, message));
    }
}
