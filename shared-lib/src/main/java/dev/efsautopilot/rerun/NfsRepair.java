package dev.efsautopilot.rerun;

import com.fasterxml.jackson.databind.JsonNode;
import dev.efsautopilot.aws.Ledger;
import dev.efsautopilot.json.Json;
import dev.efsautopilot.launch.Launches;
import dev.efsautopilot.network.NfsClient;
import dev.efsautopilot.network.NfsReader;
import dev.efsautopilot.network.OpenNfs;
import dev.efsautopilot.network.Truce;
import dev.efsautopilot.plan.Result;
import dev.efsautopilot.plan.Step;
import dev.efsautopilot.task.NfsVolumes;
import dev.efsautopilot.task.Task;
import java.time.Instant;
import java.util.List;

/**
 * Opens the way of a task to its file systems, also of one that has stopped: its network interface
 * is gone then, and how it was launched tells its subnets and security groups.
 */
final class NfsRepair {

    private final NfsReader reader;
    private final OpenNfs nfs;
    private final Truce truce;
    private final Launches launches;

    NfsRepair(NfsReader reader, OpenNfs nfs, Ledger ledger) {
        this.reader = reader;
        this.nfs = nfs;
        this.truce = new Truce(ledger);
        this.launches = new Launches(ledger);
    }

    /**
     * Opens what is closed.
     *
     * @param taskDefinition {@code taskDefinition} as it is described
     * @return what was opened; nothing where all is open, or nothing is known of the task's place
     */
    Result<List<? extends Step>> repair(Task task, JsonNode taskDefinition, Instant now) {
        var fileSystems = NfsVolumes.of(taskDefinition);
        var clients = clients(task);
        if (fileSystems.isEmpty() || clients.isEmpty()) {
            return Result.ok(List.of());
        }
        var plan = nfs.plan(clients, fileSystems, Json.text(taskDefinition, "family"));
        var done = nfs.apply(truce.respected(plan, now));
        return done.steps().isEmpty() && !done.refusals().isEmpty()
                ? Result.refused(done.refusals().getFirst())
                : Result.ok(done.steps());
    }

    private List<NfsClient> clients(Task task) {
        var here = reader.client(task);
        return here.isPresent()
                ? List.of(here.get())
                : launches.of(task.arn())
                        .map(launch ->
                                reader
                                        .clients(
                                                launch.request()
                                                        .path("networkConfiguration")
                                                        .path("awsvpcConfiguration"))
                                        .stream()
                                        .map(client -> placed(client, task))
                                        .toList())
                        .orElse(List.of());
    }

    /** The subnet that the task was in: what keeps it out there is why it stopped. */
    private static NfsClient placed(NfsClient client, Task task) {
        return new NfsClient(
                client.vpcId(),
                client.subnetId(),
                client.availabilityZone(),
                client.addresses(),
                client.securityGroups(),
                task.subnetId().filter(client.subnetId()::equals).isPresent());
    }
}
