package dev.efsautopilot.rerun;

import dev.efsautopilot.plan.Outcome;
import dev.efsautopilot.plan.Refusal;
import dev.efsautopilot.rerun.Verdict.Abandon;
import dev.efsautopilot.rerun.Verdict.Nothing;
import dev.efsautopilot.rerun.Verdict.Recovered;
import dev.efsautopilot.revision.Revision;
import dev.efsautopilot.stop.StopCause;
import dev.efsautopilot.task.Task;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How a lineage ends, and who is told: the bus, the metrics (by the step's name), and a tag where
 * the task's owner looks. A task that has stopped keeps no tags, so its revision is tagged. All of
 * it comes before the ledger knows: a crash between the two tells it twice, not never.
 */
final class Endings {

    /** A re-run that runs for so long has recovered. */
    private static final Duration STAYS_UP = Duration.ofMinutes(10);

    private final World world;
    private final Lineages lineages;
    private final InstantSource clock;

    Endings(World world, Lineages lineages, InstantSource clock) {
        this.world = world;
        this.lineages = lineages;
        this.clock = clock;
    }

    /** A re-run is seen running: when it has stayed up for a while, it has recovered. */
    Outcome stands(Task task, boolean dryRun) {
        var now = clock.instant();
        var started = Times.of(task, "startedAt");
        if (started.isEmpty() || now.isBefore(started.get().plus(STAYS_UP))) {
            return new Outcome.Ignored(
                    task.arn(), "it has not run for " + STAYS_UP.toMinutes() + " minutes yet");
        }
        var lineage = lineages.read(lineages.root(task, now));
        if (!lineage.newest().equals(Optional.of(task.arn())) || lineage.end().isPresent()) {
            return new Outcome.Ignored(task.arn(), "nothing new is to be told of it");
        }
        var recovered = new Recovered("it stays up after a re-run");
        if (dryRun) {
            return new Outcome.Planned(task.arn(), List.of(recovered), Map.of());
        }
        if (Mark.takesTags(task)) {
            world.tag(task.arn(), Map.of(Mark.STATUS, Told.tag("recovered", lineage)));
        }
        return recovered(task, lineage, recovered);
    }

    /** A re-run did its work. */
    Outcome done(Task task, Lineage lineage, Recovered recovered) {
        tagRevision(task, "recovered task " + task.id(), lineage);
        return recovered(task, lineage, recovered);
    }

    private Outcome recovered(Task task, Lineage lineage, Recovered recovered) {
        world.tell(Told.RECOVERED, task.arn(), Told.recovered(task.arn(), lineage));
        lineages.update(lineage.root(), clock.instant(), Lineage::recovered);
        return new Outcome.Done(
                task.arn(), List.of(recovered), Map.of("attempts", lineage.attempts().size()));
    }

    /** It stays stopped; a person who asked for it is refused. */
    Outcome abandoned(Job job, StopCause cause, Lineage lineage, Abandon abandon) {
        var task = job.stopped().task();
        tagRevision(task, "abandoned task " + task.id() + " for " + cause.word(), lineage);
        world.tell(Told.ABANDONED, task.arn(), Told.abandoned(task.arn(), cause, lineage, abandon));
        lineages.update(
                lineage.root(),
                clock.instant(),
                current ->
                        current.after(task.arn())
                                .filter(Attempt::pending)
                                .map(attempt -> current.with(attempt.dropped(abandon.why())))
                                .orElse(current)
                                .ended("abandoned: " + abandon.why()));
        return job.byHand()
                ? new Outcome.Refused(
                        task.arn(), Refusal.conflict(cause.word(), abandon.why(), abandon.remedy()))
                : new Outcome.Done(task.arn(), List.of(abandon), Map.of("cause", cause.word()));
    }

    private void tagRevision(Task task, String what, Lineage lineage) {
        world.tag(task.taskDefinitionArn(), Map.of(Revision.RERUN_STATUS, Told.tag(what, lineage)));
    }

    /** A person ends it: what waits is dropped, a task that runs goes on. */
    Outcome byHand(Task task, boolean dryRun) {
        var why = "a person stopped its re-runs";
        var steps = List.of(new Nothing(why));
        if (dryRun) {
            return new Outcome.Planned(task.arn(), steps, Map.of());
        }
        var now = clock.instant();
        var lineage =
                lineages.update(lineages.root(task, now), now, current -> current.stopped(why));
        return new Outcome.Done(task.arn(), steps, Map.of("history", Told.history(lineage)));
    }
}
