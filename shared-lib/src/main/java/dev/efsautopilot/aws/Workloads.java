package dev.efsautopilot.aws;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import software.amazon.awssdk.services.ecs.EcsClient;

/** Services: which revisions they are on, and how they are moved to another. */
public final class Workloads {

    /** The most services that one DescribeServices takes. */
    private static final int MOST_DESCRIBED = 10;

    private final Supplier<EcsClient> client;

    Workloads(Supplier<EcsClient> client) {
        this.client = client;
    }

    /**
     * The service as {@code DescribeServices} has it; empty where it or its cluster is not there.
     *
     * @param cluster name or ARN
     * @param service name or ARN
     */
    public Optional<JsonNode> described(String cluster, String service) {
        return Ecs.ifThere(() -> described(cluster, List.of(service)))
                .flatMap(found -> found.stream().findFirst());
    }

    /** The same in a few words. */
    public Optional<Workload> find(String cluster, String service) {
        return described(cluster, service).map(Workload::of);
    }

    /** Every service of the account and region. */
    public List<Workload> all() {
        return new Clusters(client)
                .arns().stream().flatMap(this::described).map(Workload::of).toList();
    }

    /** Every service of a cluster as {@code DescribeServices} has it. */
    public Stream<JsonNode> described(String cluster) {
        var arns =
                client
                        .get()
                        .listServicesPaginator(r -> r.cluster(cluster).maxResults(100))
                        .serviceArns()
                        .stream()
                        .toList();
        return Pages.of(arns, MOST_DESCRIBED).flatMap(page -> described(cluster, page).stream());
    }

    private List<JsonNode> described(String cluster, List<String> services) {
        return Ecs.described(
                cluster,
                "services",
                services,
                raw -> client.get().describeServices(r -> r.overrideConfiguration(raw)));
    }

    /** Points a service at a revision ({@code UpdateService}): a new deployment begins. */
    public void move(Workload workload, String taskDefinition) {
        client.get()
                .updateService(r ->
                        r.cluster(workload.clusterArn())
                                .service(workload.arn())
                                .taskDefinition(taskDefinition));
    }
}
