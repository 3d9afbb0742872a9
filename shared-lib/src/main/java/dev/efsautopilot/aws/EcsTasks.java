package dev.efsautopilot.aws;

import com.fasterxml.jackson.databind.JsonNode;
import dev.efsautopilot.json.Json;
import dev.efsautopilot.task.Task;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import software.amazon.awssdk.services.ecs.EcsClient;
import software.amazon.awssdk.services.ecs.model.ConflictException;

/** Tasks by their ids: what they are, and how they are started. */
public final class EcsTasks {

    /** The most tasks that one DescribeTasks takes. */
    public static final int MOST = 100;

    private final Supplier<EcsClient> client;

    EcsTasks(Supplier<EcsClient> client) {
        this.client = client;
    }

    /**
     * A task with its tags ({@code DescribeTasks}). A stopped one is there for about an hour.
     *
     * @param cluster name or ARN
     * @param task id or ARN
     */
    public Optional<Task> find(String cluster, String task) {
        return found(cluster, List.of(task)).stream().findFirst();
    }

    /** Those of these tasks that are there: at most a hundred, by id or ARN. */
    public List<Task> found(String cluster, List<String> ids) {
        return Ecs.ifThere(() -> described(cluster, ids)).orElse(List.of());
    }

    /**
     * These tasks with their tags, in a cluster that is there; those that ECS has forgotten are
     * left out.
     *
     * @param arns at most {@link #MOST}
     */
    public List<Task> described(String cluster, List<String> arns) {
        return arns.isEmpty()
                ? List.of()
                : Ecs.described(
                                cluster,
                                "tasks",
                                arns,
                                raw ->
                                        client.get()
                                                .describeTasks(r -> r.overrideConfiguration(raw)))
                        .stream()
                        .flatMap(task -> Task.parse(task).stream())
                        .toList();
    }

    /**
     * Starts tasks ({@code RunTask}); the answer's {@code failures} must be read. A call with the
     * same {@code clientToken} and other parameters may have started them: then the answer names
     * those ({@code ConflictException.resourceIds}).
     *
     * @return {@code {"tasks": [{"taskArn": …}], "failures": […]}}
     */
    public JsonNode run(JsonNode request) {
        try {
            return RawJson.call(
                    request, raw -> client.get().runTask(r -> r.overrideConfiguration(raw)));
        } catch (ConflictException e) {
            var answer = Json.MAPPER.createObjectNode();
            var tasks = answer.putArray("tasks");
            e.resourceIds().forEach(arn -> tasks.addObject().put("taskArn", arn));
            if (tasks.isEmpty()) {
                throw e;
            }
            return answer;
        }
    }
}
