package dev.efsautopilot.local.gap;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.function.Predicate;

/**
 * The filters of ListTasks. Of desiredStatus: "The default status filter is RUNNING, which shows
 * tasks that Amazon ECS has set the desired status to RUNNING." (Amazon ECS API Reference)
 */
final class TaskFilter {
    private TaskFilter() {}

    static Predicate<JsonNode> of(JsonNode request) {
        var cluster = last(request.path("cluster").asText("default"));
        var status = request.path("desiredStatus").asText("RUNNING");
        Predicate<JsonNode> inCluster =
                task -> last(task.path("clusterArn").asText()).equals(cluster);
        return inCluster
                .and(task -> task.path("desiredStatus").asText().equals(status))
                .and(same(request, "startedBy", task -> task.path("startedBy").asText()))
                .and(same(request, "launchType", task -> task.path("launchType").asText()))
                .and(same(request, "family", TaskFilter::family))
                .and(same(request, "serviceName", TaskFilter::service))
                .and(
                        same(
                                request,
                                "containerInstance",
                                task -> last(task.path("containerInstanceArn").asText())));
    }

    private interface Fact {
        String of(JsonNode task);
    }

    private static Predicate<JsonNode> same(JsonNode request, String filter, Fact fact) {
        var wanted = request.path(filter).asText();
        var name = filter.equals("startedBy") ? wanted : last(wanted);
        return task -> wanted.isEmpty() || fact.of(task).equals(name);
    }

    private static String family(JsonNode task) {
        return last(task.path("taskDefinitionArn").asText()).replaceAll(":.*", "");
    }

    private static String service(JsonNode task) {
        var group = task.path("group").asText();
        return group.startsWith("service:") ? group.substring("service:".length()) : "";
    }

    private static String last(String arn) {
        return arn.substring(arn.lastIndexOf('/') + 1);
    }
}
