package dev.efsautopilot.nfsingress;

import dev.efsautopilot.aws.Ecs;
import dev.efsautopilot.aws.NetworkInterface;
import dev.efsautopilot.function.Settings;
import dev.efsautopilot.launch.LaunchRecords;
import dev.efsautopilot.launch.Launches;
import dev.efsautopilot.network.NfsClient;
import dev.efsautopilot.network.NfsFacts;
import dev.efsautopilot.network.NfsReader;
import dev.efsautopilot.network.OpenNfs;
import dev.efsautopilot.network.Truce;
import dev.efsautopilot.plan.Outcome;
import dev.efsautopilot.task.Task;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** A task that starts, runs, or is asked about. */
final class Tasks {

    private static final Set<String> STARTING =
            Set.of("PROVISIONING", "PENDING", "ACTIVATING", "RUNNING");

    private final boolean rerunByDefault;
    private final Ecs ecs;
    private final Definitions definitions;
    private final NfsReader reader;
    private final OpenNfs nfs;
    private final Opening opening;
    private final Truce truce;
    private final Needs needs;
    private final Launches launches;

    Tasks(Settings settings, Wiring wiring) {
        this.rerunByDefault = !settings.defaultRerun().equals("off");
        this.ecs = wiring.ecs();
        this.definitions = wiring.definitions();
        this.reader = wiring.reader();
        this.nfs = wiring.nfs();
        this.opening = wiring.opening();
        this.truce = wiring.truce();
        this.needs = wiring.needs();
        this.launches = wiring.launches();
    }

    /** A task changed: nothing is read about it where its definition has nothing for us. */
    Outcome changed(Task hint, Instant now) {
        if (!starting(hint)) {
            return new Outcome.Ignored(hint.arn(), "the task is on its way out");
        }
        var definition = definitions.of(hint.taskDefinitionArn(), now);
        if (definition.isEmpty()) {
            return new Outcome.Ignored(hint.arn(), "its task definition is gone");
        }
        var remembered = remembers(hint, definition.get());
        if (definition.get().fileSystemIds().isEmpty() && !remembered) {
            return new Outcome.Ignored(hint.arn(), "it mounts no EFS file system");
        }
        var task = ecs.task(hint.clusterArn(), hint.arn()).filter(Tasks::starting);
        return task.map(found -> changed(found, definition.get(), now))
                .orElseGet(() -> new Outcome.Ignored(hint.arn(), "the task is gone"));
    }

    private Outcome changed(Task task, Definition definition, Instant now) {
        var at = reader.networkInterface(task);
        if (at.isEmpty()) {
            return new Outcome.Ignored(task.arn(), "it has no network interface yet");
        }
        if (remembers(task, definition)) {
            var own = definition.awsvpc() ? at : Optional.<NetworkInterface>empty();
            launches.remember(task.arn(), LaunchRecords.observed(task, own), now);
        }
        if (definition.fileSystemIds().isEmpty()) {
            return new Outcome.Ignored(task.arn(), "it mounts no EFS file system");
        }
        var facts = facts(at.get(), definition);
        var done = opening.carryOut(task.arn(), truce.respected(nfs.plan(facts), now), now);
        if (task.lastStatus().equals("RUNNING")) {
            needs.remember(task, facts, done, now);
        }
        return Opening.told(task.arn(), done);
    }

    private NfsFacts facts(NetworkInterface at, Definition definition) {
        return reader.facts(
                List.of(NfsClient.of(at)), definition.fileSystemIds(), definition.family());
    }

    private boolean remembers(Task task, Definition definition) {
        return !task.ofService() && (definition.rerun() || rerunByDefault);
    }

    static boolean starting(Task task) {
        return STARTING.contains(task.lastStatus()) && !task.desiredStatus().equals("STOPPED");
    }
}
