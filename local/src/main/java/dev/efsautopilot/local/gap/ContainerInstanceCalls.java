package dev.efsautopilot.local.gap;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.efsautopilot.local.call.AwsCall;
import dev.efsautopilot.local.call.EventQueue;
import dev.efsautopilot.local.call.Json;
import dev.efsautopilot.local.call.Response;
import dev.efsautopilot.local.tasks.ContainerInstances;
import dev.efsautopilot.local.tasks.TaskEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * RegisterContainerInstance: "Registers an EC2 instance into the specified cluster. This instance
 * becomes available to place containers on." (Amazon ECS API Reference), and the event {@code ECS
 * Container Instance State Change} of each change (Amazon ECS Developer Guide, Container instance
 * state change events). MiniStack has neither.
 */
public final class ContainerInstanceCalls implements Gap {
    private final ContainerInstances instances;
    private final EventQueue events;
    private final String region;
    private final String account;

    public ContainerInstanceCalls(
            ContainerInstances instances, EventQueue events, String region, String account) {
        this.instances = instances;
        this.events = events;
        this.region = region;
        this.account = account;
    }

    @Override
    public Response answer(AwsCall call, Next next) {
        if (!call.service().equals("ecs")) {
            return next.pass(call);
        }
        return switch (call.operation()) {
            case "RegisterContainerInstance" -> register(call);
            case "ListContainerInstances" -> list(call);
            case "DescribeContainerInstances" -> each(call, "");
            case "UpdateContainerInstancesState" -> each(call, call.parameter("status"));
            case "DeregisterContainerInstance" -> deregister(call);
            default -> next.pass(call);
        };
    }

    private Response register(AwsCall call) {
        var identity = call.parameters().path("instanceIdentityDocument").asText("{}");
        var instance =
                instances.register(
                        clusterArn(call),
                        Json.parse(identity).path("instanceId").asText(),
                        call.parameters().path("attributes"));
        tell(call, instance);
        return answer("containerInstance", instance);
    }

    private Response list(AwsCall call) {
        var status = call.parameter("status");
        var answer = Json.object();
        var arns = answer.putArray("containerInstanceArns");
        instances.of(cluster(call)).stream()
                .filter(it -> status.isEmpty() || it.path("status").asText().equals(status))
                .map(it -> it.path("containerInstanceArn").asText())
                .forEach(arns::add);
        return Response.json(200, answer);
    }

    private Response each(AwsCall call, String status) {
        var answer = Json.object();
        var found = answer.putArray("containerInstances");
        var failures = answer.putArray("failures");
        Json.strings(call.parameters().path("containerInstances"))
                .forEach(reference ->
                        instances
                                .find(cluster(call), reference)
                                .ifPresentOrElse(
                                        it -> found.add(changed(call, it, status)),
                                        () ->
                                                failures.addObject()
                                                        .put("arn", reference)
                                                        .put("reason", "MISSING")));
        return Response.json(200, answer);
    }

    private Response deregister(AwsCall call) {
        return instances
                .find(cluster(call), call.parameter("containerInstance"))
                .map(it -> answer("containerInstance", changed(call, it, "INACTIVE")))
                .orElseGet(() ->
                        Response.jsonError(
                                "InvalidParameterException",
                                "Referenced container instance not found."));
    }

    private ObjectNode changed(AwsCall call, ObjectNode instance, String status) {
        if (status.isEmpty()) {
            return instance;
        }
        var changed = instances.setStatus(instance, status);
        tell(call, changed);
        return changed;
    }

    private void tell(AwsCall call, ObjectNode instance) {
        var detail = TaskEvent.detail(instance, Instant.now()).put("clusterArn", clusterArn(call));
        events.put(
                "ECS Container Instance State Change",
                List.of(instance.path("containerInstanceArn").asText()),
                detail,
                Duration.ZERO);
    }

    private String clusterArn(AwsCall call) {
        return "arn:aws:ecs:%s:%s:cluster/%s".formatted(region, account, cluster(call));
    }

    private static Response answer(String name, ObjectNode value) {
        return Response.json(200, Json.object().set(name, value));
    }

    private static String cluster(AwsCall call) {
        return call.parameters().path("cluster").asText("default").replaceAll(".*/", "");
    }
}
