package dev.efsautopilot.local.policy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.efsautopilot.local.call.AwsCall;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Amazon ECS. Tags in a request that makes something need {@code ecs:TagResource} as well, for a
 * resource that has no name yet ("Grant permission to tag resources on creation", ECS Developer
 * Guide); the roles of a task definition need {@code iam:PassRole} where it is registered and where
 * its tasks are run.
 */
record EcsAccesses(Accesses accesses, AwsCall call, Arns arns, Lookups lookups) {

    private static final String TASKS = "ecs-tasks.amazonaws.com";

    List<Access> needed() {
        return switch (call.operation()) {
            case "DescribeTasks" -> inCluster("task", "tasks");
            case "DescribeContainerInstances" ->
                    inCluster("container-instance", "containerInstances");
            case "DescribeServices" -> inCluster("service", "services");
            case "UpdateService" ->
                    List.of(accesses.own(in("service", call.parameter("service")), cluster()));
            case "ListContainerInstances" -> List.of(accesses.own(clusterArn()));
            // Of a whole cluster: only a list of one container instance's tasks has a resource.
            case "ListTasks", "ListServices" -> List.of(accesses.own("*", cluster()));
            case "TagResource" -> List.of(accesses.own(call.parameter("resourceArn"), tags()));
            case "RegisterTaskDefinition" -> registration();
            case "RunTask" -> run();
            default -> accesses.plain();
        };
    }

    private List<Access> inCluster(String type, String list) {
        return Accesses.texts(call, list)
                .map(name -> accesses.own(in(type, name), cluster()))
                .toList();
    }

    /** AWS authorizes it for {@code *}, not for the family. */
    private List<Access> registration() {
        var needed = new ArrayList<Access>();
        needed.add(accesses.own("*", tags()));
        var made = arns.of("ecs", "task-definition/" + call.parameter("family") + ":*");
        tagging(made).forEach(needed::add);
        roles(call.parameters()).map(role -> accesses.pass(role, TASKS)).forEach(needed::add);
        return needed;
    }

    private List<Access> run() {
        var definition = call.parameter("taskDefinition");
        var needed = new ArrayList<Access>();
        needed.add(accesses.own(arns.named("ecs", "task-definition/", definition), cluster()));
        tagging(in("task", "*")).forEach(needed::add);
        Stream.concat(
                        roles(call.parameters().path("overrides")),
                        lookups.roles(definition).stream())
                .distinct()
                .map(role -> accesses.pass(role, TASKS))
                .forEach(needed::add);
        return needed;
    }

    private Stream<Access> tagging(String made) {
        var keys = new HashMap<>(tags());
        keys.put("ecs:CreateAction", List.of(call.operation()));
        return call.parameters().path("tags").isEmpty()
                ? Stream.empty()
                : Stream.of(accesses.on("ecs:TagResource", made, keys));
    }

    static Stream<String> roles(JsonNode definition) {
        return Stream.of("taskRoleArn", "executionRoleArn")
                .map(name -> definition.path(name).asText())
                .filter(role -> !role.isEmpty());
    }

    private Map<String, List<String>> tags() {
        return Accesses.tagKeys(call.parameters().path("tags"));
    }

    private String in(String type, String name) {
        var cluster = clusterArn().replaceAll(".*/", "");
        return arns.named("ecs", type + "/" + cluster + "/", name);
    }

    private Map<String, List<String>> cluster() {
        return Map.of("ecs:cluster", List.of(clusterArn()));
    }

    private String clusterArn() {
        var name = call.parameter("cluster");
        return arns.named("ecs", "cluster/", name.isEmpty() ? "default" : name);
    }
}
