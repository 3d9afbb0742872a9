package dev.efsautopilot.aws;

import com.fasterxml.jackson.databind.JsonNode;
import dev.efsautopilot.json.Json;
import dev.efsautopilot.plan.Refusal;
import dev.efsautopilot.plan.Result;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;
import software.amazon.awssdk.services.ecs.EcsClient;
import software.amazon.awssdk.services.ecs.model.ClientException;
import software.amazon.awssdk.services.ecs.model.EcsException;
import software.amazon.awssdk.services.ecs.model.InvalidParameterException;
import software.amazon.awssdk.services.ecs.model.ListTaskDefinitionsRequest;
import software.amazon.awssdk.services.ecs.model.SortOrder;
import software.amazon.awssdk.services.ecs.model.TaskDefinitionFamilyStatus;
import software.amazon.awssdk.services.ecs.model.TaskDefinitionStatus;

/** Task definitions: families, and their revisions as the JSON that the API sends and takes. */
public final class TaskDefinitions {

    private final Supplier<EcsClient> client;
    private final Supplier<EcsClient> once;

    TaskDefinitions(Supplier<EcsClient> client, Supplier<EcsClient> once) {
        this.client = client;
        this.once = once;
    }

    /**
     * A task definition with its tags ({@code DescribeTaskDefinition} with {@code include:
     * [TAGS]}).
     *
     * @param reference an ARN, {@code family:revision}, or a family for its newest ACTIVE revision
     * @return {@code {"taskDefinition": …, "tags": […]}}; empty where there is none
     */
    public Optional<JsonNode> find(String reference) {
        var request = Json.MAPPER.createObjectNode().put("taskDefinition", reference);
        request.putArray("include").add("TAGS");
        try {
            return Optional.of(
                    RawJson.call(
                            request,
                            raw ->
                                    client.get()
                                            .describeTaskDefinition(
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
     * Registers a revision ({@code RegisterTaskDefinition}). The call has no token: where its
     * answer is lost, it is not made again, and the error is thrown.
     *
     * @param definition the request as the API takes it
     * @return {@code taskDefinition} as it was registered; the reason where ECS does not take it,
     *     which it tells by {@code InvalidParameterException} or {@code ClientException}
     */
    public Result<JsonNode> register(JsonNode definition) {
        try {
            return Result.ok(registered(definition));
        } catch (ClientException _) {
            return registerAgain(definition);
        } catch (InvalidParameterException e) {
            return refused(definition, e);
        }
    }

    /** The code is also that of two registrations of a family at once: the second try tells. */
    private Result<JsonNode> registerAgain(JsonNode definition) {
        try {
            return Result.ok(registered(definition));
        } catch (ClientException | InvalidParameterException e) {
            return refused(definition, e);
        }
    }

    private JsonNode registered(JsonNode definition) {
        return RawJson.call(
                        definition,
                        raw -> once.get().registerTaskDefinition(r -> r.overrideConfiguration(raw)))
                .path("taskDefinition");
    }

    private static Result<JsonNode> refused(JsonNode definition, EcsException e) {
        return Result.refused(
                Refusal.invalid(
                        Json.text(definition, "family"),
                        "ECS refuses the revision: " + e.awsErrorDetails().errorMessage(),
                        "correct the tag or the task definition"));
    }

    /** Makes a revision INACTIVE ({@code DeregisterTaskDefinition}). */
    public void deregister(String arn) {
        client.get().deregisterTaskDefinition(r -> r.taskDefinition(arn));
    }

    /** The ARNs of a family's ACTIVE revisions, newest first ({@code ListTaskDefinitions}). */
    public Stream<String> active(String family) {
        return active(r -> r.familyPrefix(family).sort(SortOrder.DESC));
    }

    /** The ARNs of all ACTIVE revisions of all families, page by page. */
    public Stream<String> active() {
        return active(_ -> {});
    }

    private Stream<String> active(Consumer<ListTaskDefinitionsRequest.Builder> which) {
        return client
                .get()
                .listTaskDefinitionsPaginator(
                        r -> r.status(TaskDefinitionStatus.ACTIVE).applyMutation(which))
                .taskDefinitionArns()
                .stream();
    }

    /** The families that have an ACTIVE revision. */
    public Stream<String> families() {
        return client
                .get()
                .listTaskDefinitionFamiliesPaginator(
                        r -> r.status(TaskDefinitionFamilyStatus.ACTIVE))
                .families()
                .stream();
    }
}
