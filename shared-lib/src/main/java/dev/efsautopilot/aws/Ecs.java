package dev.efsautopilot.aws;

import com.fasterxml.jackson.databind.JsonNode;
import dev.efsautopilot.json.Json;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import software.amazon.awssdk.services.ecs.EcsClient;
import software.amazon.awssdk.services.ecs.model.ClusterNotFoundException;
import software.amazon.awssdk.services.ecs.model.InvalidParameterException;

/** Amazon ECS: its parts, through the same clients. Each is made for whoever asks for it. */
public final class Ecs {

    private final Supplier<EcsClient> client;
    private final Supplier<EcsClient> once;

    /**
     * @param once makes a call again only where it certainly did nothing
     */
    Ecs(Supplier<EcsClient> client, Supplier<EcsClient> once) {
        this.client = client;
        this.once = once;
    }

    /** Task definitions, as the JSON that the API sends and takes. */
    public TaskDefinitions taskDefinitions() {
        return new TaskDefinitions(client, once);
    }

    /** Tasks by their ids, as the JSON that the API sends and takes. */
    public EcsTasks tasks() {
        return new EcsTasks(client);
    }

    /** Clusters, and the tasks that are in them. */
    public Clusters clusters() {
        return new Clusters(client);
    }

    /** Services. */
    public Workloads workloads() {
        return new Workloads(client);
    }

    /** Container instances. */
    public ContainerInstances containerInstances() {
        return new ContainerInstances(client);
    }

    /** Tags of whatever ECS has. */
    public EcsTags tags() {
        return new EcsTags(client);
    }

    /**
     * What a call says of things in a cluster, with their tags.
     *
     * @param kind {@code tasks} or {@code services}: where the request names them and the answer
     *     describes them
     */
    static List<JsonNode> described(
            String cluster, String kind, List<String> names, RawJson.Call call) {
        var request = Json.MAPPER.createObjectNode().put("cluster", cluster);
        names.forEach(request.putArray(kind)::add);
        request.putArray("include").add("TAGS");
        return Json.list(RawJson.call(request, call), kind);
    }

    /** What is read; empty where ECS has no such cluster, or the names can be nobody's. */
    static <T> Optional<T> ifThere(Supplier<T> read) {
        try {
            return Optional.of(read.get());
        } catch (ClusterNotFoundException | InvalidParameterException notThere) {
            return Optional.empty();
        }
    }
}
