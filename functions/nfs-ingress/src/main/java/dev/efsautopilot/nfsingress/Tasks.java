package dev.efsautopilot.nfsingress;

import dev.efsautopilot.aws.EcsTasks;
import dev.efsautopilot.aws.MountTarget;
import dev.efsautopilot.aws.NetworkInterface;
import dev.efsautopilot.function.Settings;
import dev.efsautopilot.launch.LaunchRecords;
import dev.efsautopilot.launch.Launches;
import dev.efsautopilot.network.NfsClient;
import dev.efsautopilot.network.NfsFacts;
import dev.efsautopilot.network.NfsPlan;
import dev.efsautopilot.network.NfsReader;
import dev.efsautopilot.network.NfsStep.CreateMountTarget;
import dev.efsautopilot.network.OpenNfs;
import dev.efsautopilot.network.Truce;
import dev.efsautopilot.plan.NotYet;
import dev.efsautopilot.plan.Outcome;
import dev.efsautopilot.task.Task;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/** A task that starts, runs, or is asked about. */
final class Tasks {

    private static final String NO_NETWORK = "it has no network interface yet";
    private static final Set<String> STARTING =
            Set.of("PROVISIONING", "PENDING", "ACTIVATING", "RUNNING");

    private final boolean rerunByDefault;
    private final EcsTasks tasks;
    private final Definitions definitions;
    private final NfsReader reader;
    private final OpenNfs nfs;
    private final Opening opening;
    private final Truce truce;
    private final Needs needs;
    private final Launches launches;
    private final Sight sight;

    Tasks(Settings settings, Wiring wiring) {
        this.rerunByDefault = !settings.defaultRerun().equals("off");
        this.tasks = wiring.ecs().tasks();
        this.definitions = wiring.definitions();
        this.reader = wiring.reader();
        this.nfs = wiring.nfs();
        this.opening = wiring.opening();
        this.truce = wiring.truce();
        this.needs = wiring.needs();
        this.launches = wiring.launches();
        this.sight = new Sight(reader, nfs);
    }

    /** A task changed: nothing is read about it where its definition has nothing for us. */
    Outcome changed(Task hint, Instant now) {
        if (!starting(hint)) {
            return new Outcome.Ignored(hint.arn(), "the task is on its way out");
        }
        if (!hint.hasNetwork()) {
            return new Outcome.Ignored(hint.arn(), NO_NETWORK);
        }
        var definition = definitions.of(hint.taskDefinitionArn(), now);
        if (definition.isEmpty()) {
            return new Outcome.Ignored(hint.arn(), "its task definition is gone");
        }
        var remembered = remembers(hint, definition.get());
        if (definition.get().fileSystemIds().isEmpty() && !remembered) {
            return new Outcome.Ignored(hint.arn(), "it mounts no file system over NFS");
        }
        // Another definition than its own is nothing that the task could mount.
        var task =
                tasks.find(hint.clusterArn(), hint.arn())
                        .filter(Tasks::starting)
                        .filter(it -> it.taskDefinitionArn().equals(hint.taskDefinitionArn()));
        return task.map(found -> changed(found, definition.get(), now))
                .orElseGet(() -> new Outcome.Ignored(hint.arn(), "the task is gone"));
    }

    private Outcome changed(Task task, Definition definition, Instant now) {
        var at = reader.networkInterface(task);
        if (at.isEmpty()) {
            return new Outcome.Ignored(task.arn(), NO_NETWORK);
        }
        if (remembers(task, definition)) {
            var own = definition.awsvpc() ? at : Optional.<NetworkInterface>empty();
            launches.remember(task.arn(), LaunchRecords.observed(task, own), now);
        }
        if (definition.fileSystemIds().isEmpty()) {
            return new Outcome.Ignored(task.arn(), "it mounts no file system over NFS");
        }
        var facts = sight.of(NfsClient.of(at.get()), definition, now);
        var done = opening.carryOut(task.arn(), truce.respected(nfs.plan(facts), now), now);
        needs.remember(task, facts, done, now);
        awaitCreation(facts, done);
        return Opening.told(task.arn(), done);
    }

    /** Lambda's retries come after one minute and two more, a mount target after 90 seconds. */
    private static void awaitCreation(NfsFacts facts, NfsPlan done) {
        var creating =
                facts.creating()
                        .map(MountTarget::id)
                        .or(() ->
                                done.steps().stream()
                                        .filter(CreateMountTarget.class::isInstance)
                                        .map(step -> "a mount target of " + step.fileSystemId())
                                        .findFirst());
        if (creating.isPresent()) {
            throw new NotYet(creating.get() + " is being created");
        }
    }

    private boolean remembers(Task task, Definition definition) {
        return !task.ofService() && (definition.rerun() || rerunByDefault);
    }

    static boolean starting(Task task) {
        return STARTING.contains(task.lastStatus()) && !task.desiredStatus().equals("STOPPED");
    }
}
