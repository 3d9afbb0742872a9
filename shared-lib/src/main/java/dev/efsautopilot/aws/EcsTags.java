package dev.efsautopilot.aws;

import java.util.Map;
import java.util.function.Supplier;
import software.amazon.awssdk.services.ecs.EcsClient;
import software.amazon.awssdk.services.ecs.model.InvalidParameterException;
import software.amazon.awssdk.services.ecs.model.LimitExceededException;
import software.amazon.awssdk.services.ecs.model.ResourceNotFoundException;
import software.amazon.awssdk.services.ecs.model.Tag;

/** Tags of tasks and task definitions ({@code TagResource}). */
public final class EcsTags {

    private final Supplier<EcsClient> client;

    EcsTags(Supplier<EcsClient> client) {
        this.client = client;
    }

    /** Puts tags on a resource. */
    public void put(String arn, Map<String, String> tags) {
        var list =
                tags.entrySet().stream()
                        .map(tag -> Tag.builder().key(tag.getKey()).value(tag.getValue()).build())
                        .toList();
        client.get().tagResource(r -> r.resourceArn(arn).tags(list));
    }

    /**
     * Puts tags where they can be put: not on a task that has stopped since, nor beside 50 others.
     * ECS tells it by the three errors below.
     */
    public void putIfThere(String arn, Map<String, String> tags) {
        try {
            put(arn, tags);
        } catch (InvalidParameterException
                | ResourceNotFoundException
                | LimitExceededException notTagged) {
            // What it would have told, the bus tells.
        }
    }
}
