package dev.efsautopilot.rerun;

import dev.efsautopilot.aws.Clients;
import dev.efsautopilot.function.Settings;
import dev.efsautopilot.json.Json;
import dev.efsautopilot.plan.NotYet;
import dev.efsautopilot.plan.Outcome;
import dev.efsautopilot.plan.Refusal;
import dev.efsautopilot.stop.Stop;
import dev.efsautopilot.stop.StopClass;
import dev.efsautopilot.task.Task;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.DoubleSupplier;

/**
 * Runs stopped tasks again, each once: what wakes it, and which task that is about. {@link
 * Decisions} takes it from there.
 */
public final class Rerun {

    private final World world;
    private final Decisions decisions;
    private final Endings endings;

    /** Re-runs on AWS, as this stack is set. */
    public static Rerun on(Clients clients, Settings settings) {
        return new Rerun(
                AwsWorld.of(clients, settings),
                settings.defaultRerun(),
                InstantSource.system(),
                // Of generators, this one alone draws anew after each restore of one snapshot.
                new SecureRandom()::nextDouble);
    }

    /**
     * Re-runs in this world.
     *
     * @param absentPolicy the policy's words where no tag says any
     */
    Rerun(World world, String absentPolicy, InstantSource clock, DoubleSupplier random) {
        var lineages = new Lineages(world);
        this.world = world;
        this.endings = new Endings(world, lineages, clock);
        this.decisions = new Decisions(world, lineages, endings, absentPolicy, clock, random);
    }

    /** A task has stopped, an event says. */
    public Outcome stopped(Task event, boolean dryRun) {
        return ofNoInterest(event).orElseGet(() -> decided(newest(event), dryRun));
    }

    /**
     * Somebody who is not AWS says that a task has stopped: that is where to look, and no more.
     *
     * @throws NotYet where AWS is not as far yet as it is said to be
     */
    public Outcome toldStopped(Task event) {
        return ofNoInterest(event).orElseGet(() -> lookedUp(event));
    }

    private static Optional<Outcome> ofNoInterest(Task event) {
        if (!event.lastStatus().equals("STOPPED")) {
            return Optional.of(runs(event));
        }
        var heard = Stop.of(event, Json.MAPPER.missingNode()).cause();
        return event.ofService() && heard.stopClass() != StopClass.STORAGE
                ? Optional.of(new Outcome.Ignored(event.arn(), Owner.SERVICE.sentence()))
                : Optional.empty();
    }

    private Outcome lookedUp(Task event) {
        var described = world.task(event.clusterArn(), event.arn());
        if (described.isEmpty()) {
            return new Outcome.Ignored(
                    event.arn(), "ECS knows no such task, and a replayed event does not count");
        }
        var task = described.get();
        if (task.version() < event.version() && !task.lastStatus().equals("STOPPED")) {
            throw new NotYet(task.arn() + " to stop, which is " + task.lastStatus());
        }
        return decided(task, false);
    }

    private Outcome decided(Task task, boolean dryRun) {
        return task.lastStatus().equals("STOPPED")
                ? decisions.decide(task, false, dryRun)
                : runs(task);
    }

    private static Outcome runs(Task task) {
        return new Outcome.Ignored(
                task.arn(), "it has not stopped: its last status is " + task.lastStatus());
    }

    /** Events are hints, and carry no tags; a task that ECS forgot is known from its event only. */
    private Task newest(Task event) {
        return world.task(event.clusterArn(), event.arn())
                .filter(described -> described.version() >= event.version())
                .orElse(event);
    }

    /** A person asks for a task to be run again now, whatever its policy says. */
    public Outcome byHand(String cluster, String id, boolean dryRun) {
        var task = world.task(cluster, id);
        if (task.isEmpty()) {
            return unknown(id, "a task can be described for about an hour after it stopped");
        }
        return task.get().lastStatus().equals("STOPPED")
                ? decisions.decide(task.get(), true, dryRun)
                : new Outcome.Refused(
                        task.get().arn(),
                        Refusal.conflict("task", "it is " + task.get().lastStatus(), "stop it"));
    }

    /**
     * A person wants a task, and what was run in its place, left alone from its next stop on. A
     * waiting attempt is dropped, a task that runs goes on. A re-run by hand lifts it.
     */
    public Outcome stopRerunning(String cluster, String id, boolean dryRun) {
        return world.task(cluster, id)
                .map(task -> endings.byHand(task, dryRun))
                .orElseGet(() -> unknown(id, "name the newest task of its lineage"));
    }

    private static Outcome unknown(String id, String remedy) {
        return new Outcome.Refused(id, Refusal.notFound("task", "ECS knows no such task", remedy));
    }

    /** Whether a task is a re-run of ours. */
    public static boolean isRerun(Task task) {
        return Mark.rerunOf(task).isPresent();
    }

    /** A re-run is seen running: when it has stayed up for a while, it has recovered. */
    public Outcome stands(Task task, boolean dryRun) {
        return endings.stands(task, dryRun);
    }

    /** The one-off schedule of an attempt fired. */
    public Outcome due(String cluster, String arn, int number) {
        return world.task(cluster, arn)
                .or(() -> world.read("stopped#" + arn).flatMap(e -> Task.parse(e.body())))
                .map(task -> decisions.due(task, number))
                .orElseGet(() ->
                        new Outcome.Refused(
                                arn,
                                Refusal.notFound(
                                        "task", "nothing is known of it", "run it by hand")));
    }
}
