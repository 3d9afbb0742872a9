package dev.efsautopilot.sweep;

import dev.efsautopilot.aws.Ecs;
import dev.efsautopilot.json.Json;
import dev.efsautopilot.task.Task;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * The revisions that services and tasks are on, of services also those of deployments and task sets
 * that are not over: revisions that may be INACTIVE.
 */
final class RevisionsInUse {

    private RevisionsInUse() {}

    /** Their ARNs, in a set that may be changed. */
    static Set<String> of(Ecs ecs) {
        var found = new TreeSet<String>();
        for (var cluster : ecs.clusters().arns()) {
            Stream.of("RUNNING", "STOPPED")
                    .flatMap(status -> ecs.clusters().tasks(cluster, status))
                    .map(Task::taskDefinitionArn)
                    .forEach(found::add);
            ecs.workloads()
                    .described(cluster)
                    .flatMap(service ->
                            Stream.concat(
                                    Stream.of(service),
                                    Stream.of("deployments", "taskSets")
                                            .flatMap(list -> Json.list(service, list).stream())))
                    .map(one -> Json.text(one, "taskDefinition"))
                    .forEach(found::add);
        }
        found.remove("");
        return found;
    }
}
