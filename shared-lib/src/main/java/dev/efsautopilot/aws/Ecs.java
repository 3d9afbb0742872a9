package dev.efsautopilot.aws;

import com.fasterxml.jackson.databind.JsonNode;
import dev.efsautopilot.json.Json;
import dev.efsautopilot.task.Task;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.ecs.EcsClient;
import software.amazon.awssdk.services.ecs.model.EcsException;
import software.amazon.awssdk.services.ecs.model.Tag;

/** Amazon ECS. Tasks and task definitions are the JSON that the API sends and takes. */
public final class Ecs {

    private final EcsClient client;

    Ecs(EcsClient client) {
        this.client = client;
    }

    /**
     * A task definition with its tags ({@code DescribeTaskDefinition} with {@code include:
     * [TAGS]}).
     *
     * @param reference an ARN, {@code family:revision}, or a family for its newest ACTIVE revision
     * @return {@code {"taskDefinition": …, "tags": […]}}; empty where there is none
     */
    public Optional<JsonNode> taskDefinition(String reference) {
        var request = Json.MAPPER.createObjectNode().put("taskDefinition", reference);
        request.putArray("include").add("TAGS");
        try {
            return Optional.of(
                    RawJson.call(
                            request,
                            raw ->
                                    client.describeTaskDefinition(
                                            r -> r.overrideConfiguration(raw))));
        } catch (EcsException e) {
            // The API has no code of its own for a definition that is not there.
            if (Errors.is(e, "ClientException")) {
                return Optional.empty();
            }
            throw e;
        }
    }

    /**
     * Registers a revision ({@code RegisterTaskDefinition}).
     *
     * @param definition the request as the API takes it
     * @return {@code taskDefinition} as it was registered
     */
    public JsonNode registerTaskDefinition(JsonNode definition) {
        return RawJson.call(
                        definition,
                        raw -> client.registerTaskDefinition(r -> r.overrideConfiguration(raw)))
                .path("taskDefinition");
    }

    /** Makes a revision INACTIVE ({@code DeregisterTaskDefinition}). */
    public void deregisterTaskDefinition(String arn) {
        client.deregisterTaskDefinition(r -> r.taskDefinition(arn));
    }

    /**
     * A task with its tags ({@code DescribeTasks}). A stopped one is there for about an hour.
     *
     * @param cluster name or ARN
     * @param task id or ARN
     */
    public Optional<Task> task(String cluster, String task) {
        var request = Json.MAPPER.createObjectNode().put("cluster", cluster);
        request.putArray("tasks").add(task);
        request.putArray("include").add("TAGS");
        var answer =
                RawJson.call(
                        request, raw -> client.describeTasks(r -> r.overrideConfiguration(raw)));
        return Task.parse(answer.path("tasks").path(0));
    }

    /** Starts tasks ({@code RunTask}); the answer's {@code failures} must be read. */
    public JsonNode runTask(JsonNode request) {
        return RawJson.call(request, raw -> client.runTask(r -> r.overrideConfiguration(raw)));
    }

    /** Puts tags on a resource ({@code TagResource}). */
    public void tag(String arn, Map<String, String> tags) {
        client.tagResource(r ->
                r.resourceArn(arn)
                        .tags(
                                tags.entrySet().stream()
                                        .map(tag ->
                                                Tag.builder()
                                                        .key(tag.getKey())
                                                        .value(tag.getValue())
                                                        .build())
                                        .toList()));
    }
}
