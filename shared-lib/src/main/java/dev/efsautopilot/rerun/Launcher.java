package dev.efsautopilot.rerun;

import dev.efsautopilot.json.Json;
import dev.efsautopilot.launch.LaunchRecord;
import dev.efsautopilot.plan.Refusal;
import dev.efsautopilot.plan.Result;
import dev.efsautopilot.rerun.Verdict.Abandon;
import dev.efsautopilot.rerun.World.Answer.Failed;
import dev.efsautopilot.rerun.World.Answer.Started;
import dev.efsautopilot.stop.StopCause;
import dev.efsautopilot.stop.StopClass;
import dev.efsautopilot.task.Task;
import java.time.Duration;
import java.time.Instant;
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
        /** It runs as this task. */
        record As(String task) implements Launched {}

        /** It is tried again at another time. */
        record Later(Attempt attempt) implements Launched {}

        /** It will not run: another copy lives. */
        record Dropped(String why) implements Launched {}

        /** It can't run. */
        record Impossible(StopCause cause, Abandon abandon) implements Launched {}
    }

    private final World world;
    private final Lineages lineages;

    Launcher(World world, Lineages lineages) {
        this.world = world;
        this.lineages = lineages;
    }

    /**
     * Runs an attempt.
     *
     * @param atOnce whether the task stopped just now, so that nobody can have started a copy of it
     * @param random from 0 up to, not including, 1
     */
    Launched launch(
            Case stopped,
            RerunPolicy policy,
            String root,
            Attempt attempt,
            boolean atOnce,
            Instant now,
            double random) {
        var twin = twin(stopped, root, attempt, now);
        if (twin.isPresent()) {
            return started(root, attempt, twin.get().arn(), now);
        }
        if (policy.exclusive() && !atOnce && copied(stopped, now)) {
            var why = "somebody started a copy of it since, which still lives";
            change(root, now, attempt, attempt.dropped(why));
            return new Launched.Dropped(why);
        }
        var remembered = remembered(stopped);
        var request =
                LaunchRequest.of(stopped.task(), stopped.definition(), remembered, root, attempt);
        return switch (request) {
            case Result.Ok<LaunchRequest.Launch>(LaunchRequest.Launch(var launch, _)) ->
                    switch (world.run(stopped.revised(launch))) {
                        case Started(var task) -> started(root, attempt, task, now);
                        case Failed(var reason) ->
                                failed(reason, policy, root, attempt, now, random);
                    };
            case Result.Refused<LaunchRequest.Launch>(var refusal) ->
                    unknown(refusal, stopped, root, attempt, now);
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

    /**
     * A task of this very attempt that an invocation started and did not live to record; it may
     * have ended since. While the token is the same and young, RunTask itself tells it.
     */
    private Optional<Task> twin(Case stopped, String root, Attempt attempt, Instant now) {
        if (!LaunchRequest.mayHaveATwin(attempt, now)) {
            return Optional.empty();
        }
        var mark = LaunchRequest.mark(root, attempt);
        var startedBy = LaunchRequest.startedBy(stopped.task().startedBy(), mark);
        return world.startedBy(stopped.task().clusterArn(), startedBy)
                .filter(other -> LaunchRequest.rerunOf(other).equals(Optional.of(mark)))
                .findFirst();
    }

    private boolean copied(Case stopped, Instant now) {
        return world.running(stopped.task().clusterArn(), stopped.family()).stream()
                .anyMatch(other -> stopped.isCopy(other, now));
    }

    private Launched started(String root, Attempt attempt, String task, Instant now) {
        // Told before it is recorded: a crash between the two tells it twice, not never.
        world.tell(Told.RERUN, task, Told.rerun(attempt, task));
        lineages.became(root, attempt, task, now);
        return new Launched.As(task);
    }

    private Launched failed(
            String reason,
            RerunPolicy policy,
            String root,
            Attempt attempt,
            Instant now,
            double random) {
        var cause = StopCause.ofRunFailure(reason);
        if (cause.stopClass() != StopClass.INFRASTRUCTURE || attempt.tries() >= MOST_TRIES) {
            return new Launched.Impossible(
                    cause, new Abandon("RunTask: " + reason, Remedy.of(cause)));
        }
        // At least half of the ceiling: a second call at once meets the same lack.
        var wait = Backoff.of(policy, cause, Duration.ZERO, attempt.tries(), 0.5 + random / 2);
        return later(root, attempt, now, wait);
    }

    private Launched unknown(
            Refusal refusal, Case stopped, String root, Attempt attempt, Instant now) {
        if (now.isBefore(stopped.stoppedAt(Instant.EPOCH).plus(RECORD_DELAY))) {
            return later(
                    root,
                    attempt,
                    now,
                    RECORD_POLL.multipliedBy(1L << Math.min(attempt.tries(), 6)));
        }
        return new Launched.Impossible(
                attempt.cause(),
                new Abandon(
                        "how it was launched is not known: " + refusal.problem(),
                        refusal.remedy()));
    }

    private Launched later(String root, Attempt attempt, Instant now, Duration wait) {
        var changed = change(root, now, attempt, attempt.again(now.plus(wait)));
        return changed.after(attempt.after())
                .<Launched>map(Launched.Later::new)
                .orElseGet(() -> new Launched.Later(attempt));
    }

    /** Replaces the attempt where no other invocation changed it first. */
    private Lineage change(String root, Instant now, Attempt from, Attempt to) {
        return lineages.update(
                root,
                now,
                lineage ->
                        lineage.after(from.after()).equals(Optional.of(from))
                                ? lineage.with(to)
                                : lineage);
    }

    /** What wakes task-rerun for an attempt. */
    void schedule(Case stopped, String root, Attempt attempt) {
        var id = root.substring(root.lastIndexOf('/') + 1);
        var name = "rerun-" + id + "-" + attempt.number() + "-" + attempt.tries();
        var input =
                Json.MAPPER
                        .createObjectNode()
                        .put("detail-type", "Rerun Due")
                        .put("source", "efs-autopilot")
                        .put("id", name);
        input.putObject("detail")
                .put("task", attempt.after())
                .put("cluster", stopped.task().clusterArn())
                .put("attempt", attempt.number());
        // ECS forgets a stopped task after about an hour.
        world.create(
                "stopped#" + attempt.after(),
                stopped.task().json(),
                attempt.due().plus(Duration.ofDays(2)));
        world.once(name, attempt.due(), input);
    }
}
