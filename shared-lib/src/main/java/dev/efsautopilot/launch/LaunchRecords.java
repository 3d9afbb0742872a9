package dev.efsautopilot.launch;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.efsautopilot.aws.NetworkInterface;
import dev.efsautopilot.event.ApiCall;
import dev.efsautopilot.json.Json;
import dev.efsautopilot.launch.LaunchRecord.Source;
import dev.efsautopilot.task.Task;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** From what was called, or what is seen, to how a task was launched. Pure. */
public final class LaunchRecords {

    /** Fields of a call that say nothing about how its tasks run. */
    private static final List<String> OF_THE_CALL = List.of("count", "clientToken");

    private LaunchRecords() {}

    /**
     * The record of a RunTask call. CloudTrail writes ECS's request as it was sent: its keys are
     * lowerCamelCase already.
     */
    public static LaunchRecord called(ApiCall call) {
        var request = ((ObjectNode) call.request()).deepCopy();
        request.remove(OF_THE_CALL);
        var source = call.replayed() ? Source.REPLAYED : Source.API_EVENT;
        return new LaunchRecord(source, request, Hidden.in(request));
    }

    /** The ARNs of the tasks that a RunTask call started. */
    public static List<String> tasks(ApiCall call) {
        return Json.list(call.response(), "tasks").stream()
                .flatMap(task -> Json.optionalText(task, "taskArn").stream())
                .toList();
    }

    /**
     * The record of a task nobody's call told of.
     *
     * @param task the task as it is described, with its tags
     * @param at its network interface; empty in bridge and host mode
     */
    public static LaunchRecord observed(Task task, Optional<NetworkInterface> at) {
        var request = Json.MAPPER.createObjectNode();
        request.put("cluster", task.clusterArn()).put("taskDefinition", task.taskDefinitionArn());
        capacity(request, task);
        copy(request, task, "platformVersion");
        copy(request, task, "enableExecuteCommand");
        copy(request, task, "startedBy");
        if (!task.group().startsWith("family:")) {
            copy(request, task, "group");
        }
        var overrides = Hidden.overrides(task.json());
        if (!overrides.isEmpty()) {
            request.set("overrides", overrides);
        }
        tags(request, task);
        at.ifPresent(one -> network(request, one));
        return new LaunchRecord(Source.OBSERVED, request, unseen(at.isPresent()));
    }

    private static List<String> unseen(boolean awsvpc) {
        var unseen =
                new ArrayList<>(
                        List.of(
                                "capacityProviderStrategy: its other providers and weights",
                                "placementConstraints",
                                "placementStrategy",
                                "propagateTags",
                                "volumeConfigurations"));
        if (awsvpc) {
            unseen.add("networkConfiguration: its other subnets");
        }
        return List.copyOf(unseen);
    }

    private static void capacity(ObjectNode request, Task task) {
        Json.optionalText(task.json(), "capacityProviderName")
                .ifPresentOrElse(
                        provider ->
                                request.putArray("capacityProviderStrategy")
                                        .addObject()
                                        .put("capacityProvider", provider),
                        () -> copy(request, task, "launchType"));
    }

    private static void network(ObjectNode request, NetworkInterface at) {
        var awsvpc = request.putObject("networkConfiguration").putObject("awsvpcConfiguration");
        awsvpc.putArray("subnets").add(at.subnetId());
        at.securityGroups().forEach(awsvpc.putArray("securityGroups")::add);
        awsvpc.put("assignPublicIp", at.publicAddress() ? "ENABLED" : "DISABLED");
    }

    /** Tags that begin with {@code aws:} are AWS's own and can't be given. */
    private static void tags(ObjectNode request, Task task) {
        var tags =
                Json.list(task.json(), "tags").stream()
                        .filter(tag -> !Json.text(tag, "key").startsWith("aws:"))
                        .toList();
        if (!tags.isEmpty()) {
            request.putArray("tags").addAll(tags);
        }
    }

    private static void copy(ObjectNode request, Task task, String field) {
        var value = task.json().path(field);
        if (!value.isMissingNode() && !value.isNull() && !value.asText().isEmpty()) {
            request.set(field, value);
        }
    }
}
