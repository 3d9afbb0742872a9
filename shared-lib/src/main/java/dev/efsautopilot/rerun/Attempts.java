package dev.efsautopilot.rerun;

import dev.efsautopilot.json.Json;
import dev.efsautopilot.plan.Outcome;
import dev.efsautopilot.plan.Refusal;
import dev.efsautopilot.rerun.Launcher.Launched;
import dev.efsautopilot.rerun.Verdict.RunAgain;
import dev.efsautopilot.rerun.Verdict.WaitUntil;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.DoubleSupplier;

/**
 * Takes an attempt from its reservation to its end. The order that makes it single: reserve it in
 * the ledger for this one stop, call RunTask with its token, record what it became. Any of it may
 * be done twice, and by another invocation.
 */
final class Attempts {

    private final World world;
    private final Lineages lineages;
    private final Launcher launcher;
    private final Endings endings;
    private final InstantSource clock;
    private final DoubleSupplier random;

    Attempts(
            World world,
            Lineages lineages,
            Launcher launcher,
            Endings endings,
            InstantSource clock,
            DoubleSupplier random) {
        this.world = world;
        this.lineages = lineages;
        this.launcher = launcher;
        this.endings = endings;
        this.clock = clock;
        this.random = random;
    }

    /**
     * Reserves an attempt, and runs it where it is due. The lock: one attempt for one stop, whoever
     * writes it first.
     */
    Outcome reserve(Job job, Instant due) {
        var now = clock.instant();
        var lineage = lineages.update(job.root(), now, current -> with(current, job, due, now));
        return lineage.after(job.arn())
                .map(attempt -> resume(job, attempt))
                .orElseGet(() -> new Outcome.Ignored(job.arn(), "a newer task has its place"));
    }

    private static Lineage with(Lineage lineage, Job job, Instant due, Instant now) {
        var cause = job.stopped().cause();
        if (!lineage.newest().equals(Optional.of(job.arn()))
                || (lineage.isOver(cause) && !job.byHand())) {
            return lineage;
        }
        return lineage.with(
                new Attempt(
                        lineage.attempts().size() + 1,
                        job.arn(),
                        cause,
                        job.stopped().ran(now),
                        due,
                        0,
                        Optional.empty(),
                        Optional.empty()));
    }

    /** Goes on with a reserved attempt, wherever another invocation left it. */
    Outcome resume(Job job, Attempt attempt) {
        if (attempt.task().isPresent()) {
            return settled(job, "it was run again as " + attempt.task().get());
        }
        if (attempt.dropped().isPresent()) {
            return job.byHand() ? revive(job, attempt) : settled(job, attempt.dropped().get());
        }
        var now = clock.instant();
        if (attempt.due().isAfter(now) && !job.byHand()) {
            return later(job, attempt);
        }
        return launch(job, attempt, now);
    }

    private Outcome revive(Job job, Attempt dropped) {
        var now = clock.instant();
        return lineages.update(
                        job.root(),
                        now,
                        lineage ->
                                lineage.after(job.arn()).equals(Optional.of(dropped))
                                        ? lineage.revived(dropped, now)
                                        : lineage)
                .after(job.arn())
                .filter(Attempt::pending)
                .map(attempt -> launch(job, attempt, now))
                .orElseGet(() -> settled(job, "another invocation has settled it"));
    }

    private Outcome launch(Job job, Attempt attempt, Instant now) {
        return switch (launcher.launch(job, attempt, now, random.getAsDouble())) {
            case Launched.As(var task, var differs) ->
                    new Outcome.Done(
                            job.arn(),
                            List.of(new RunAgain(attempt.number(), attempt.cause().meaning())),
                            Told.rerun(attempt, task, differs));
            case Launched.Later(var changed) -> later(job, changed);
            case Launched.Dropped(var why) -> settled(job, why);
            case Launched.Impossible(var cause, var abandon) ->
                    endings.abandoned(job, cause, lineages.read(job.root()), abandon);
        };
    }

    private static Outcome settled(Job job, String why) {
        return job.byHand()
                ? new Outcome.Refused(
                        job.arn(), Refusal.conflict("task", why, "nothing is to be done"))
                : new Outcome.Ignored(job.arn(), why);
    }

    private Outcome later(Job job, Attempt attempt) {
        if (!attempt.pending()) {
            return new Outcome.Ignored(job.arn(), "another invocation has settled it");
        }
        schedule(job, attempt);
        return new Outcome.Done(
                job.arn(),
                List.of(new WaitUntil(attempt.number(), attempt.due(), attempt.cause().meaning())),
                Map.of("attempt", attempt.number(), "at", attempt.due().toString()));
    }

    /** What wakes task-rerun for an attempt, named after its task: a second one can't be made. */
    private void schedule(Job job, Attempt attempt) {
        var id = job.root().substring(job.root().lastIndexOf('/') + 1);
        var name = "rerun-" + id + "-" + attempt.number() + "-" + attempt.tries();
        var input =
                Json.MAPPER
                        .createObjectNode()
                        .put("detail-type", "Rerun Due")
                        .put("source", "efs-autopilot")
                        .put("id", name);
        input.putObject("detail")
                .put("task", attempt.after())
                .put("cluster", job.stopped().task().clusterArn())
                .put("attempt", attempt.number());
        // ECS forgets a stopped task after about an hour.
        world.create(
                "stopped#" + attempt.after(),
                job.stopped().task().json(),
                attempt.due().plus(Duration.ofDays(2)));
        world.once(name, attempt.due(), input);
    }
}
