package dev.efsautopilot.nfsingress;

import dev.efsautopilot.event.Trigger.InstanceChanged;
import dev.efsautopilot.network.NfsClient;
import dev.efsautopilot.plan.Outcome;
import dev.efsautopilot.task.Task;
import java.time.Instant;
import java.util.List;

/** A container instance changed: its tasks in bridge and host mode use its security groups. */
final class Instances {

    private final Wiring wiring;

    Instances(Wiring wiring) {
        this.wiring = wiring;
    }

    Outcome changed(InstanceChanged event, Instant now) {
        var arn = event.containerInstanceArn();
        var definitions =
                wiring.ecs().clusters().tasksOn(event.clusterArn(), arn).stream()
                        .map(Task::taskDefinitionArn)
                        .distinct()
                        .flatMap(one -> wiring.definitions().of(one, now).stream())
                        .filter(one -> !one.awsvpc() && !one.fileSystemIds().isEmpty())
                        .toList();
        if (definitions.isEmpty()) {
            return new Outcome.Ignored(arn, "no task on it mounts EFS through it");
        }
        return wiring.reader()
                .client(event.clusterArn(), arn)
                .map(client -> opened(arn, client, definitions, now))
                .orElseGet(() -> new Outcome.Ignored(arn, "the instance is gone"));
    }

    private Outcome opened(
            String arn, NfsClient client, List<Definition> definitions, Instant now) {
        var fileSystems =
                definitions.stream().flatMap(one -> one.fileSystemIds().stream()).toList();
        var families =
                String.join(" ", definitions.stream().map(Definition::family).distinct().toList());
        var plan = wiring.nfs().plan(List.of(client), fileSystems, families);
        var done = wiring.opening().carryOut(arn, wiring.truce().respected(plan, now), now);
        return Opening.told(arn, done);
    }
}
