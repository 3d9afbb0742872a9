package dev.efsautopilot.aws;

import dev.efsautopilot.task.Task;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;
import software.amazon.awssdk.services.ecs.EcsClient;
import software.amazon.awssdk.services.ecs.model.ClusterNotFoundException;
import software.amazon.awssdk.services.ecs.model.ListTasksRequest;

/**
 * Clusters, by name or ARN, and the tasks that are in them ({@code ListTasks}).
 *
 * <p>A desired status is {@code RUNNING} for all tasks that are not told to stop, or {@code
 * STOPPED} for those of about the last hour.
 */
public final class Clusters {

    private final Supplier<EcsClient> client;
    private final EcsTasks tasks;

    Clusters(Supplier<EcsClient> client) {
        this.client = client;
        this.tasks = new EcsTasks(client);
    }

    /** The ARNs of the clusters. */
    public List<String> arns() {
        return client.get().listClustersPaginator().clusterArns().stream().toList();
    }

    /** Every task of a cluster with its tags, page by page. */
    public Stream<Task> tasks(String cluster, String desiredStatus) {
        return client
                .get()
                .listTasksPaginator(r -> r.cluster(cluster).desiredStatus(desiredStatus))
                .stream()
                .flatMap(page -> tasks.described(cluster, page.taskArns()).stream());
    }

    /**
     * The tasks of a cluster that are to run, page by page until there are enough.
     *
     * @param most how many at most
     * @return empty where there is no such cluster
     */
    public Optional<List<Task>> runningTasks(String cluster, int most) {
        return Ecs.ifThere(() -> tasks(cluster, "RUNNING").limit(most).toList());
    }

    /** The ARNs of every task of a cluster, page by page; none where the cluster is gone. */
    public List<String> taskArns(String cluster, String desiredStatus) {
        try {
            return client
                    .get()
                    .listTasksPaginator(r -> r.cluster(cluster).desiredStatus(desiredStatus))
                    .taskArns()
                    .stream()
                    .toList();
        } catch (ClusterNotFoundException _) {
            return List.of();
        }
    }

    /** The ARNs of a family's tasks, page by page. */
    public Stream<String> taskArns(String cluster, String desiredStatus, String family) {
        return client
                .get()
                .listTasksPaginator(
                        r -> r.cluster(cluster).desiredStatus(desiredStatus).family(family))
                .taskArns()
                .stream();
    }

    /** The tasks of a family that are to run: the first hundred; empty without the cluster. */
    public Optional<List<Task>> tasksOfFamily(String cluster, String family) {
        try {
            return Optional.of(firstTasks(cluster, r -> r.family(family)));
        } catch (ClusterNotFoundException _) {
            return Optional.empty();
        }
    }

    /** The tasks of a service that are to run: the first hundred. */
    public List<Task> tasksOfService(String cluster, String service) {
        return firstTasks(cluster, r -> r.serviceName(service));
    }

    /** The tasks of a service that stopped in about the last hour: at most a hundred. */
    public List<Task> stoppedTasks(String cluster, String service) {
        return firstTasks(cluster, r -> r.serviceName(service).desiredStatus("STOPPED"));
    }

    /**
     * The tasks that are to run on a container instance: the first hundred; none where it or its
     * cluster is gone.
     */
    public List<Task> tasksOn(String cluster, String containerInstance) {
        return Ecs.ifThere(() -> firstTasks(cluster, r -> r.containerInstance(containerInstance)))
                .orElse(List.of());
    }

    private List<Task> firstTasks(String cluster, Consumer<ListTasksRequest.Builder> which) {
        var arns = client.get().listTasks(r -> r.cluster(cluster).applyMutation(which)).taskArns();
        return tasks.described(cluster, arns);
    }
}
