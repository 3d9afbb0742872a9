package dev.efsautopilot.rerun;

import dev.efsautopilot.launch.LaunchRecord;
import dev.efsautopilot.plan.Refusal;
import dev.efsautopilot.plan.Result;
import dev.efsautopilot.rerun.Verdict.Abandon;
import dev.efsautopilot.rerun.World.Answer.Failed;
import dev.efsautopilot.rerun.World.Answer.Started;
import dev.efsautopilot.stop.StopCause;
import dev.efsautopilot.stop.StopClass;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Runs a reserved attempt. Whoever holds the reservation may do so, as often as it takes: the
 * client token makes the calls one, and what follows them is written until it is there.
 */
final class Launcher {

    /** How long the API event of a launch may be on its way (CloudTrail: minutes). */
    private static final Duration RECORD_DELAY = Duration.ofMinutes(15);

    /** The first look for it is soon, as trails may be quick; then each is twice as far. */
    private static final Duration RECORD_POLL = Duration.ofSeconds(2);

    /** About a day of lacking capacity at the default {@code max-backoff}. */
    private static final int MOST_TRIES = 100;

    /** What a launch came to. */
    sealed interface Launched {
        /**
         * It runs as this task.
         *
         * @param differs in what it is, or may be, launched otherwise than at first, in words
         */
        record As(String task, List<String> differs) implements Launched {}

        /** It is tried again at another time. */
        record Later(Attempt attempt) implements Launched {}

        /** It will not run: somebody else has run it. */
        record Dropped(String why) implements Launched {}

        /** It can't run. */
        record Impossible(StopCause cause, Abandon abandon) implements Launched {}
    }

    private final World world;
    private final Lineages lineages;
    private final Copies copies;

    Launcher(World world, Lineages lineages) {
        this.world = world;
        this.lineages = lineages;
        this.copies = new Copies(world);
    }

    /**
     * Runs an attempt.
     *
     * @param random from 0 up to, not including, 1
     */
    Launched launch(Job job, Attempt attempt, Instant now, double random) {
        var twin = copies.twin(job, attempt, now);
        if (twin.isPresent()) {
            return started(job, attempt, twin.get(), List.of(), now);
        }
        if (job.policy().exclusive() && copies.copied(job.stopped(), job.byHand(), now)) {
            var why = "somebody started a copy of it since";
            change(job, attempt, attempt.dropped(why), now);
            return new Launched.Dropped(why);
        }
        var task = job.stopped().task();
        var known = remembered(job.stopped());
        return switch (LaunchRequest.of(
                task, job.stopped().definition(), known, job.root(), attempt)) {
            case Result.Ok<LaunchRequest.Launch>(LaunchRequest.Launch(var request, var differs)) ->
                    switch (world.run(job.stopped().revised(request))) {
                        case Started(var started) -> started(job, attempt, started, differs, now);
                        case Failed(var reason) -> failed(job, attempt, reason, now, random);
                    };
            case Result.Refused<LaunchRequest.Launch>(var refusal) ->
                    unknown(job, attempt, refusal, now);
        };
    }

    /** Whether the launch allows another subnet than the one in which the task could not start. */
    boolean mayGoElsewhere(Case stopped) {
        return remembered(stopped)
                .filter(launch ->
                        Elsewhere.helps(launch.request(), stopped.task(), stopped.cause()))
                .isPresent();
    }

    private Optional<LaunchRecord> remembered(Case stopped) {
        return world.read("launch#" + stopped.task().arn())
                .map(entry -> LaunchRecord.parse(entry.body()));
    }

    private Launched started(
            Job job, Attempt attempt, String task, List<String> differs, Instant now) {
        // Told before it is recorded: a crash between the two tells it twice, not never.
        world.tell(Told.RERUN, task, Told.rerun(attempt, task, differs));
        lineages.became(job.root(), attempt, task, now);
        return new Launched.As(task, differs);
    }

    private Launched failed(Job job, Attempt attempt, String reason, Instant now, double random) {
        var cause = StopCause.ofRunFailure(reason);
        if (cause.stopClass() != StopClass.INFRASTRUCTURE || attempt.tries() >= MOST_TRIES) {
            return new Launched.Impossible(
                    cause, new Abandon("RunTask: " + reason, Remedy.of(cause)));
        }
        // At least half of the ceiling: a second call at once meets the same lack.
        var wait =
                Backoff.of(job.policy(), cause, Duration.ZERO, attempt.tries(), 0.5 + random / 2);
        return later(job, attempt, now, wait);
    }

    private Launched unknown(Job job, Attempt attempt, Refusal refusal, Instant now) {
        if (now.isBefore(job.stopped().stoppedAt(Instant.EPOCH).plus(RECORD_DELAY))) {
            var wait = RECORD_POLL.multipliedBy(1L << Math.min(attempt.tries(), 6));
            return later(job, attempt, now, wait);
        }
        return new Launched.Impossible(
                attempt.cause(),
                new Abandon(
                        "how it was launched is not known: " + refusal.problem(),
                        refusal.remedy()));
    }

    private Launched later(Job job, Attempt attempt, Instant now, Duration wait) {
        return new Launched.Later(
                change(job, attempt, attempt.again(now.plus(wait)), now)
                        .after(attempt.after())
                        .orElse(attempt));
    }

    /** Replaces the attempt where no other invocation changed it first. */
    private Lineage change(Job job, Attempt from, Attempt to, Instant now) {
        return lineages.update(
                job.root(),
                now,
                lineage ->
                        lineage.after(from.after()).equals(Optional.of(from))
                                ? lineage.with(to)
                                : lineage);
    }
}
