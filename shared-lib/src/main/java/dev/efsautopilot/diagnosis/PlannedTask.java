package dev.efsautopilot.diagnosis;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.efsautopilot.json.Json;
import dev.efsautopilot.task.Task;

/** A task that may be started, with what is known before it is. */
final class PlannedTask {

    private PlannedTask() {}

    /** The next task of a service. */
    static Task of(JsonNode service) {
        var strategy = Json.list(service, "capacityProviderStrategy").stream();
        var fargate =
                strategy.anyMatch(one -> Json.text(one, "capacityProvider").startsWith("FARGATE"));
        var task =
                task(Json.text(service, "taskDefinition"))
                        .put("clusterArn", Json.text(service, "clusterArn"))
                        .put("launchType", fargate ? "FARGATE" : Json.text(service, "launchType"))
                        .put("platformVersion", Json.text(service, "platformVersion"));
        return parsed(task);
    }

    /** A task of a revision, whatever launches it. */
    static Task of(String taskDefinition) {
        return parsed(task(taskDefinition));
    }

    /** The network configuration of a service; empty in bridge and host mode. */
    static JsonNode awsvpc(JsonNode service) {
        return Json.object(Json.object(service, "networkConfiguration"), "awsvpcConfiguration");
    }

    private static ObjectNode task(String taskDefinition) {
        return Json.MAPPER
                .createObjectNode()
                .put("taskArn", "a task of " + taskDefinition)
                .put("taskDefinitionArn", taskDefinition);
    }

    private static Task parsed(JsonNode task) {
        return Task.parse(task).orElseThrow();
    }
}
