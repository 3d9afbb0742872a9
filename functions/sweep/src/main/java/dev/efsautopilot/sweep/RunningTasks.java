package dev.efsautopilot.sweep;

import com.fasterxml.jackson.databind.JsonNode;
import dev.efsautopilot.aws.NetworkInterface;
import dev.efsautopilot.json.Json;
import dev.efsautopilot.launch.LaunchRecords;
import dev.efsautopilot.launch.Launches;
import dev.efsautopilot.network.NfsClient;
import dev.efsautopilot.network.NfsPlan;
import dev.efsautopilot.network.NfsReader;
import dev.efsautopilot.network.OpenNfs;
import dev.efsautopilot.network.Truce;
import dev.efsautopilot.plan.Outcome;
import dev.efsautopilot.task.NfsVolumes;
import dev.efsautopilot.task.Task;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Tasks that run: their way to their file systems, and the memory of how they were launched. */
final class RunningTasks {

    private record Way(String zone, Set<String> groups, List<String> fileSystems) {}

    private final NfsReader reader;
    private final OpenNfs nfs;
    private final Truce truce;
    private final Launches launches;

    /** What was looked at in this sweep already: many tasks of a service are alike. */
    private final Set<Way> seen = new HashSet<>();

    RunningTasks(NfsReader reader, OpenNfs nfs, Truce truce, Launches launches) {
        this.reader = reader;
        this.nfs = nfs;
        this.truce = truce;
        this.launches = launches;
    }

    /**
     * Looks at one.
     *
     * @param definition {@code taskDefinition} as it is described
     * @param rerun whether it has a re-run policy
     */
    Outcome look(Task task, JsonNode definition, boolean rerun, boolean dryRun, Instant now) {
        var fileSystems = NfsVolumes.of(definition);
        var remembers = rerun && !task.ofService() && launches.of(task.arn()).isEmpty();
        if (fileSystems.isEmpty() && !remembers) {
            return new Outcome.Ignored(task.arn(), "it mounts no file system over NFS");
        }
        var at = reader.networkInterface(task);
        if (at.isEmpty()) {
            return new Outcome.Ignored(task.arn(), "it has no network interface");
        }
        if (remembers && !dryRun) {
            var awsvpc = Json.text(definition, "networkMode").equals("awsvpc");
            launches.remember(
                    task.arn(),
                    LaunchRecords.observed(task, awsvpc ? at : Optional.<NetworkInterface>empty()),
                    now);
        }
        return open(task, definition, fileSystems, NfsClient.of(at.get()), dryRun, now);
    }

    private Outcome open(
            Task task,
            JsonNode definition,
            List<String> fileSystems,
            NfsClient client,
            boolean dryRun,
            Instant now) {
        var way =
                new Way(
                        client.availabilityZone(),
                        Set.copyOf(client.securityGroups()),
                        fileSystems);
        if (fileSystems.isEmpty() || !seen.add(way)) {
            return new Outcome.Ignored(task.arn(), "its way was looked at already");
        }
        var plan =
                truce.respected(
                        nfs.plan(List.of(client), fileSystems, Json.text(definition, "family")),
                        now);
        return dryRun
                ? new Outcome.Planned(task.arn(), plan.steps(), Map.of())
                : told(task, nfs.apply(plan));
    }

    private static Outcome told(Task task, NfsPlan done) {
        return done.steps().isEmpty() && !done.refusals().isEmpty()
                ? new Outcome.Refused(task.arn(), done.refusals().getFirst())
                : new Outcome.Done(task.arn(), done.steps(), Map.of());
    }
}
