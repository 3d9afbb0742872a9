package dev.efsautopilot.local.gap;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.efsautopilot.local.call.AwsCall;
import dev.efsautopilot.local.call.Json;
import dev.efsautopilot.local.call.Response;
import dev.efsautopilot.local.call.Upstream;
import dev.efsautopilot.local.tasks.ContainerInstances;
import dev.efsautopilot.local.tasks.Stop;
import dev.efsautopilot.local.tasks.Tasks;

/**
 * Tasks live through their states instead of being RUNNING at once: "When a task is started, either
 * manually or as part of a service, it can pass through several states before it finishes on its
 * own or is stopped manually." (Amazon ECS Developer Guide, Task lifecycle). RunTask,
 * DescribeTasks, ListTasks and StopTask are answered with the tasks as they are in that life.
 */
public final class TaskLifecycle implements Gap {
    private static final int MOST = 100;

    private final Tasks tasks;
    private final ContainerInstances instances;
    private final Upstream upstream;

    public TaskLifecycle(Tasks tasks, ContainerInstances instances, Upstream upstream) {
        this.tasks = tasks;
        this.instances = instances;
        this.upstream = upstream;
    }

    @Override
    public Response answer(AwsCall call, Next next) {
        if (!call.service().equals("ecs")) {
            return next.pass(call);
        }
        return switch (call.operation()) {
            case "RunTask" -> run(call, next);
            case "DescribeTasks" -> describe(call);
            case "ListTasks" -> list(call);
            case "StopTask" -> stop(call);
            default -> next.pass(call);
        };
    }

    private Response run(AwsCall call, Next next) {
        var described =
                upstream.ecs(
                        "DescribeTaskDefinition",
                        Json.object().put("taskDefinition", call.parameter("taskDefinition")));
        var taskDefinition = described.document().path("taskDefinition");
        var problem =
                RunTaskRules.problem(
                        call.parameters(),
                        clusters(call),
                        described,
                        instances.place(cluster(call)).isPresent());
        if (problem.isPresent()) {
            return problem.get();
        }
        var response = next.pass(call);
        if (!response.ok()) {
            return response;
        }
        var answer = Json.copy(response.document());
        var begun = Json.array();
        for (var made : response.document().path("tasks")) {
            var task =
                    tasks.begin(
                            made, taskDefinition, call.parameters().path("networkConfiguration"));
            begun.add(task.set("tags", call.parameters().path("tags").deepCopy()));
        }
        answer.set("tasks", begun);
        return Response.json(200, answer);
    }

    private Response clusters(AwsCall call) {
        var describe = Json.object();
        describe.putArray("clusters").add(cluster(call));
        return upstream.ecs("DescribeClusters", describe);
    }

    private Response describe(AwsCall call) {
        var cluster = cluster(call);
        var withTags = Json.strings(call.parameters().path("include")).anyMatch("TAGS"::equals);
        var answer = Json.object();
        var found = answer.putArray("tasks");
        var failures = answer.putArray("failures");
        Json.strings(call.parameters().path("tasks"))
                .forEach(reference ->
                        tasks.find(cluster, reference)
                                .ifPresentOrElse(
                                        task -> found.add(withTags ? withTags(task) : task),
                                        () ->
                                                failures.addObject()
                                                        .put("arn", reference)
                                                        .put("reason", "MISSING")));
        return Response.json(200, answer);
    }

    /**
     * "The maximum number of task results that ListTasks returned in paginated output. … This value
     * can be between 1 and 100. If this parameter isn't used, then ListTasks returns up to 100
     * results and a nextToken value if applicable." (Amazon ECS API Reference)
     */
    private Response list(AwsCall call) {
        var found = tasks.arns(TaskFilter.of(call.parameters()));
        var from = call.parameters().path("nextToken").asText("");
        var left = found.stream().filter(arn -> arn.compareTo(from) > 0).toList();
        var page =
                left.subList(
                        0, Math.min(call.parameters().path("maxResults").asInt(MOST), left.size()));
        var answer = Json.object();
        answer.set("taskArns", Json.array(page));
        if (page.size() < left.size()) {
            answer.put("nextToken", page.getLast());
        }
        return Response.json(200, answer);
    }

    /** "Any tags associated with the task will be deleted." (Amazon ECS API Reference, StopTask) */
    private Response stop(AwsCall call) {
        var stop =
                new Stop(
                        "UserInitiated",
                        call.parameters().path("reason").asText("Task stopped by user"),
                        Stop.TERMINATED);
        var known = tasks.find(cluster(call), call.parameter("task"));
        var stopping = known.flatMap(task -> tasks.stop(task.path("taskArn").asText(), stop));
        if (stopping.isEmpty()) {
            return Response.jsonError(
                    "InvalidParameterException", "The referenced task was not found.");
        }
        untag(stopping.get());
        return Response.json(200, Json.object().set("task", stopping.get()));
    }

    private void untag(ObjectNode task) {
        var keys = tags(task).valueStream().map(tag -> tag.path("key").asText()).toList();
        if (!keys.isEmpty()) {
            var untag = Json.object().put("resourceArn", task.path("taskArn").asText());
            untag.set("tagKeys", Json.array(keys));
            upstream.ecs("UntagResource", untag);
        }
    }

    private ObjectNode withTags(ObjectNode task) {
        task.set("tags", tags(task));
        return task;
    }

    private JsonNode tags(ObjectNode task) {
        return upstream.ecs(
                        "ListTagsForResource",
                        Json.object().put("resourceArn", task.path("taskArn").asText()))
                .document()
                .path("tags");
    }

    private static String cluster(AwsCall call) {
        return call.parameters().path("cluster").asText("default").replaceAll(".*/", "");
    }
}
