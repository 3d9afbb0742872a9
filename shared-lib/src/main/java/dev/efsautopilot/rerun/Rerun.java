package dev.efsautopilot.rerun;

import dev.efsautopilot.aws.Clients;
import dev.efsautopilot.function.Settings;
import dev.efsautopilot.json.Json;
import dev.efsautopilot.plan.Outcome;
import dev.efsautopilot.plan.Refusal;
import dev.efsautopilot.plan.Result;
import dev.efsautopilot.plan.Step;
import dev.efsautopilot.rerun.Launcher.Launched;
import dev.efsautopilot.rerun.Verdict.Abandon;
import dev.efsautopilot.rerun.Verdict.Nothing;
import dev.efsautopilot.rerun.Verdict.Repair;
import dev.efsautopilot.rerun.Verdict.RunAgain;
import dev.efsautopilot.rerun.Verdict.WaitUntil;
import dev.efsautopilot.stop.Stop;
import dev.efsautopilot.stop.StopCause;
import dev.efsautopilot.stop.StopClass;
import dev.efsautopilot.task.Task;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.DoubleSupplier;

/**
 * Runs stopped tasks again, each once. The order that makes it so: read the task, reserve the
 * attempt in the ledger for this one stop, call RunTask with the attempt's token, record what it
 * became. Any of it may be done twice, and by another invocation.
 */
public final class Rerun {

    /** A re-run that runs for so long has recovered. */
    private static final Duration STAYS_UP = Duration.ofMinutes(10);

    /** Nobody sees a task stop and starts another by hand within this time. */
    private static final Duration AT_ONCE = Duration.ofSeconds(10);

    private final World world;
    private final Lineages lineages;
    private final Launcher launcher;
    private final String absentPolicy;
    private final InstantSource clock;
    private final DoubleSupplier random;

    /** Re-runs on AWS, as this stack is set. */
    public static Rerun on(Clients clients, Settings settings) {
        return new Rerun(
                AwsWorld.of(clients, settings),
                settings.defaultRerun(),
                InstantSource.system(),
                () -> ThreadLocalRandom.current().nextDouble());
    }

    /**
     * Re-runs in this world.
     *
     * @param absentPolicy the policy's words where no tag says any
     */
    Rerun(World world, String absentPolicy, InstantSource clock, DoubleSupplier random) {
        this.world = world;
        this.lineages = new Lineages(world);
        this.launcher = new Launcher(world, lineages);
        this.absentPolicy = absentPolicy;
        this.clock = clock;
        this.random = random;
    }

    /** A task has stopped, an event says. */
    public Outcome stopped(Task event, boolean dryRun) {
        if (!event.lastStatus().equals("STOPPED")) {
            return ignored(event, "it has not stopped: its last status is " + event.lastStatus());
        }
        var heard = Stop.of(event, Json.MAPPER.missingNode()).cause();
        if (event.ofService() && heard.stopClass() != StopClass.STORAGE) {
            return ignored(event, Owner.SERVICE.sentence());
        }
        var task = newest(event);
        return task.lastStatus().equals("STOPPED")
                ? handle(task, false, dryRun)
                : ignored(task, "it has not stopped: its last status is " + task.lastStatus());
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
            return new Outcome.Refused(
                    id,
                    Refusal.notFound(
                            "task",
                            "ECS knows no such task",
                            "a task can be described for" + " about an hour after it stopped"));
        }
        return task.get().lastStatus().equals("STOPPED")
                ? handle(task.get(), true, dryRun)
                : new Outcome.Refused(
                        task.get().arn(),
                        Refusal.conflict("task", "it is " + task.get().lastStatus(), "stop it"));
    }

    /**
     * A person wants a task, and what was run in its place, left alone from its next stop on. A
     * waiting attempt is dropped, a task that runs goes on. A re-run by hand lifts it.
     */
    public Outcome stopRerunning(String cluster, String id, boolean dryRun) {
        var found = world.task(cluster, id);
        if (found.isEmpty()) {
            return new Outcome.Refused(
                    id,
                    Refusal.notFound(
                            "task",
                            "ECS knows no such task",
                            "name the newest task of its lineage"));
        }
        var why = "a person stopped its re-runs";
        var arn = found.get().arn();
        var steps = List.of(new Nothing(why));
        if (dryRun) {
            return new Outcome.Planned(arn, steps, Map.of());
        }
        var root = lineages.root(found.get(), clock.instant());
        var lineage = lineages.update(root, clock.instant(), current -> current.stopped(why));
        return new Outcome.Done(arn, steps, Map.of("history", Told.history(lineage)));
    }

    /** Whether a task is a re-run of ours. */
    public static boolean isRerun(Task task) {
        return LaunchRequest.rerunOf(task).isPresent();
    }

    /** A re-run is seen running: when it has stayed up for a while, it has recovered. */
    public Outcome stands(Task task, boolean dryRun) {
        var now = clock.instant();
        var started = Case.startedAt(task);
        if (started.isEmpty() || now.isBefore(started.get().plus(STAYS_UP))) {
            return ignored(task, "it has not run for " + STAYS_UP.toMinutes() + " minutes yet");
        }
        var lineage = lineages.read(lineages.root(task, now));
        if (!lineage.newest().equals(Optional.of(task.arn())) || lineage.end().isPresent()) {
            return ignored(task, "nothing new is to be told of it");
        }
        var steps = List.of(new Nothing("it recovered: it stays up after a re-run"));
        return dryRun
                ? new Outcome.Planned(task.arn(), steps, Map.of())
                : recovered(task, lineage, steps);
    }

    /** The one-off schedule of an attempt fired. */
    public Outcome due(String cluster, String arn, int number) {
        var task =
                world.task(cluster, arn)
                        .or(() -> world.read("stopped#" + arn).flatMap(e -> Task.parse(e.body())));
        if (task.isEmpty()) {
            return new Outcome.Refused(
                    arn, Refusal.notFound("task", "nothing is known of it", "run it by hand"));
        }
        var stopped = of(task.get());
        var root = lineages.root(task.get(), clock.instant());
        return lineages.read(root)
                .after(arn)
                .filter(attempt -> attempt.number() == number)
                .map(attempt -> resume(stopped, policy(stopped), root, attempt, false, false))
                .orElseGet(() -> ignored(task.get(), "no attempt " + number + " is reserved"));
    }

    private Case of(Task task) {
        return Case.of(task, world.taskDefinition(task.taskDefinitionArn()));
    }

    private RerunPolicy policy(Case stopped) {
        return switch (stopped.policy(absentPolicy)) {
            case Result.Ok<RerunPolicy>(var policy) -> policy;
            case Result.Refused<RerunPolicy> _ -> RerunPolicy.OFF;
        };
    }

    private Outcome handle(Task task, boolean byHand, boolean dryRun) {
        var stopped = of(task);
        if (!byHand && stopped.policy(absentPolicy) instanceof Result.Refused<?>(var refusal)) {
            return new Outcome.Refused(task.arn(), refusal);
        }
        var policy = policy(stopped);
        if (!byHand
                && policy.on() == RerunPolicy.On.OFF
                && stopped.cause().stopClass() != StopClass.STORAGE) {
            return ignored(task, "no tag " + RerunPolicy.TAG + " asks for a re-run");
        }
        var root = lineages.root(task, clock.instant());
        var lineage = lineages.read(root);
        var reserved = lineage.after(task.arn());
        if (reserved.isPresent() && !dryRun) {
            return resume(stopped, policy, root, reserved.get(), byHand, false);
        }
        if (reserved.isPresent() || !lineage.newest().equals(Optional.of(task.arn()))) {
            return ignored(task, "a newer task of its lineage has its place");
        }
        if (lineage.isOver(stopped.cause()) && !byHand) {
            return ignored(task, "its lineage has ended: " + lineage.end().get());
        }
        var verdict = Judge.verdict(situation(stopped, policy, lineage, byHand, dryRun));
        return dryRun
                ? new Outcome.Planned(task.arn(), List.of(verdict), about(stopped.cause(), lineage))
                : carryOut(verdict, stopped, policy, lineage, byHand);
    }

    /** The launcher looks for copies itself; only a plan that is not applied needs it here. */
    private Situation situation(
            Case stopped, RerunPolicy policy, Lineage lineage, boolean byHand, boolean dryRun) {
        var now = clock.instant();
        var copy =
                dryRun
                        && world.running(stopped.task().clusterArn(), stopped.family()).stream()
                                .anyMatch(other -> stopped.isCopy(other, now));
        return new Situation(
                stopped.cause(),
                stopped.stop().exitCodes(),
                stopped.ran(now),
                policy,
                stopped.ownTag(),
                Owner.of(stopped.task()),
                lineage,
                stopped.derived().isPresent(),
                copy,
                byHand,
                now,
                random.getAsDouble());
    }

    private static Map<String, ?> about(StopCause cause, Lineage lineage) {
        return Map.of(
                "cause", cause.word(),
                "class", cause.stopClass().word(),
                "history", Told.history(lineage));
    }

    private Outcome carryOut(
            Verdict verdict, Case stopped, RerunPolicy policy, Lineage lineage, boolean byHand) {
        return switch (verdict) {
            case RunAgain _ -> reserve(stopped, policy, lineage, clock.instant(), byHand);
            case WaitUntil(_, var at, _) -> reserve(stopped, policy, lineage, at, byHand);
            case Repair repair -> repair(repair, stopped, policy, lineage);
            case Abandon abandon -> abandon(stopped, stopped.cause(), lineage, abandon);
            case Nothing(var why) ->
                    stopped.cause().stopClass() == StopClass.DONE && !lineage.attempts().isEmpty()
                            ? recovered(
                                    stopped.task(),
                                    lineage,
                                    List.of(
                                            new Nothing(
                                                    "it recovered: exit code 0 after a re-run")))
                            : ignored(stopped.task(), why);
        };
    }

    private Outcome repair(Repair repair, Case stopped, RerunPolicy policy, Lineage lineage) {
        return switch (world.repair(stopped.task(), stopped.definition())) {
            case Result.Refused<List<? extends Step>>(var refusal) -> {
                if (!repair.thenRun()) {
                    yield new Outcome.Refused(stopped.task().arn(), refusal);
                }
                yield !sameAgain(lineage, stopped.cause()) && launcher.mayGoElsewhere(stopped)
                        ? reserve(stopped, policy, lineage, repair.at(), false)
                        : abandon(
                                stopped,
                                stopped.cause(),
                                lineage,
                                new Abandon(refusal.problem(), refusal.remedy()));
            }
            case Result.Ok<List<? extends Step>>(var steps) -> {
                if (!repair.thenRun()) {
                    yield new Outcome.Done(
                            stopped.task().arn(), steps, about(stopped.cause(), lineage));
                }
                yield steps.isEmpty() && sameAgain(lineage, stopped.cause())
                        ? abandon(stopped, stopped.cause(), lineage, noRepair(stopped.cause()))
                        : reserve(stopped, policy, lineage, repair.at(), false);
            }
        };
    }

    /** Once without a repair may be a race that passed; twice is not. */
    private static boolean sameAgain(Lineage lineage, StopCause cause) {
        return !lineage.attempts().isEmpty() && lineage.attempts().getLast().cause() == cause;
    }

    private static Abandon noRepair(StopCause cause) {
        return new Abandon(
                cause.meaning() + ", again, and there is nothing to repair", Remedy.of(cause));
    }

    /** The lock: one attempt for one stop, whoever writes it first. */
    private Outcome reserve(
            Case stopped, RerunPolicy policy, Lineage seen, Instant due, boolean byHand) {
        var arn = stopped.task().arn();
        var now = clock.instant();
        var lineage =
                lineages.update(
                        seen.root(),
                        now,
                        current ->
                                current.newest().equals(Optional.of(arn))
                                                && (byHand || !current.isOver(stopped.cause()))
                                        ? current.with(
                                                new Attempt(
                                                        current.attempts().size() + 1,
                                                        arn,
                                                        stopped.cause(),
                                                        stopped.ran(now),
                                                        due,
                                                        0,
                                                        Optional.empty(),
                                                        Optional.empty()))
                                        : current);
        return lineage.after(arn)
                .map(attempt ->
                        resume(
                                stopped,
                                policy,
                                seen.root(),
                                attempt,
                                byHand,
                                !byHand && now.isBefore(stopped.stoppedAt(now).plus(AT_ONCE))))
                .orElseGet(() -> ignored(stopped.task(), "a newer task has its place"));
    }

    private Outcome resume(
            Case stopped,
            RerunPolicy policy,
            String root,
            Attempt attempt,
            boolean byHand,
            boolean atOnce) {
        var arn = stopped.task().arn();
        if (attempt.task().isPresent()) {
            return settled(stopped, byHand, "it was run again as " + attempt.task().get());
        }
        if (attempt.dropped().isPresent()) {
            return settled(stopped, byHand, attempt.dropped().get());
        }
        var now = clock.instant();
        if (attempt.due().isAfter(now) && !byHand) {
            return later(stopped, root, attempt);
        }
        return switch (launcher.launch(
                stopped, policy, root, attempt, atOnce, now, random.getAsDouble())) {
            case Launched.As(var task) ->
                    new Outcome.Done(
                            arn,
                            List.of(new RunAgain(attempt.number(), attempt.cause().meaning())),
                            Told.rerun(attempt, task));
            case Launched.Later(var changed) -> later(stopped, root, changed);
            case Launched.Dropped(var why) -> settled(stopped, byHand, why);
            case Launched.Impossible(var cause, var abandon) -> {
                var told = abandon(stopped, cause, lineages.read(root), abandon);
                yield byHand
                        ? new Outcome.Refused(
                                arn,
                                Refusal.conflict(cause.word(), abandon.why(), abandon.remedy()))
                        : told;
            }
        };
    }

    private static Outcome settled(Case stopped, boolean byHand, String why) {
        return byHand
                ? new Outcome.Refused(
                        stopped.task().arn(),
                        Refusal.conflict("task", why, "nothing is to be done"))
                : ignored(stopped.task(), why);
    }

    private Outcome later(Case stopped, String root, Attempt attempt) {
        if (!attempt.pending()) {
            return ignored(stopped.task(), "another invocation has settled it");
        }
        launcher.schedule(stopped, root, attempt);
        return new Outcome.Done(
                stopped.task().arn(),
                List.of(new WaitUntil(attempt.number(), attempt.due(), attempt.cause().meaning())),
                Map.of("attempt", attempt.number(), "at", attempt.due().toString()));
    }

    private Outcome recovered(Task task, Lineage lineage, List<Nothing> steps) {
        world.tell(Told.RECOVERED, task.arn(), Told.recovered(task.arn(), lineage));
        lineages.update(lineage.root(), clock.instant(), Lineage::recovered);
        return new Outcome.Done(task.arn(), steps, Map.of("attempts", lineage.attempts().size()));
    }

    private Outcome abandon(Case stopped, StopCause cause, Lineage lineage, Abandon abandon) {
        var arn = stopped.task().arn();
        var detail = Told.abandoned(arn, cause, lineage, abandon);
        world.tell(Told.ABANDONED, arn, detail);
        lineages.update(
                lineage.root(),
                clock.instant(),
                current ->
                        current.after(arn)
                                .filter(Attempt::pending)
                                .map(attempt -> current.with(attempt.dropped(abandon.why())))
                                .orElse(current)
                                .ended("abandoned: " + abandon.why()));
        return new Outcome.Done(arn, List.of(abandon), Map.of("cause", cause.word()));
    }

    private static Outcome ignored(Task task, String why) {
        return new Outcome.Ignored(task.arn(), why);
    }
}
