package dev.efsautopilot.rerun;

import dev.efsautopilot.plan.Outcome;
import dev.efsautopilot.plan.Result;
import dev.efsautopilot.rerun.Verdict.Abandon;
import dev.efsautopilot.rerun.Verdict.Nothing;
import dev.efsautopilot.rerun.Verdict.Recovered;
import dev.efsautopilot.rerun.Verdict.Repair;
import dev.efsautopilot.rerun.Verdict.RunAgain;
import dev.efsautopilot.rerun.Verdict.WaitUntil;
import dev.efsautopilot.stop.StopClass;
import dev.efsautopilot.task.Task;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.DoubleSupplier;

/** Decides about a stopped task, by the newest state of its lineage, and has it carried out. */
final class Decisions {

    private final World world;
    private final Lineages lineages;
    private final Copies copies;
    private final Attempts attempts;
    private final Repairs repairs;
    private final Endings endings;
    private final String absentPolicy;
    private final InstantSource clock;
    private final DoubleSupplier random;

    /**
     * Decisions in this world.
     *
     * @param absentPolicy the policy's words where no tag says any
     */
    Decisions(
            World world,
            Lineages lineages,
            Endings endings,
            String absentPolicy,
            InstantSource clock,
            DoubleSupplier random) {
        var launcher = new Launcher(world, lineages);
        this.world = world;
        this.lineages = lineages;
        this.copies = new Copies(world);
        this.attempts = new Attempts(world, lineages, launcher, endings, clock, random);
        this.repairs = new Repairs(world, launcher, attempts, endings);
        this.endings = endings;
        this.absentPolicy = absentPolicy;
        this.clock = clock;
        this.random = random;
    }

    /** A task has stopped. */
    Outcome decide(Task task, boolean byHand, boolean dryRun) {
        var stopped = read(task);
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
        return decide(new Job(stopped, policy, root, byHand), lineages.read(root), dryRun);
    }

    private Outcome decide(Job job, Lineage lineage, boolean dryRun) {
        var task = job.stopped().task();
        var reserved = lineage.after(task.arn());
        if (reserved.isPresent()) {
            return dryRun
                    ? planned(job, lineage, reserved.get())
                    : attempts.resume(job, reserved.get());
        }
        if (!lineage.newest().equals(Optional.of(task.arn()))) {
            return ignored(task, "a newer task of its lineage has its place");
        }
        if (lineage.isOver(job.stopped().cause()) && !job.byHand()) {
            return ignored(task, "its lineage has ended: " + lineage.end().get());
        }
        var verdict = Judge.verdict(situation(job, lineage, dryRun));
        return dryRun ? planned(job, lineage, verdict) : carryOut(verdict, job, lineage);
    }

    private static Outcome planned(Job job, Lineage lineage, Verdict verdict) {
        return new Outcome.Planned(
                job.arn(), List.of(verdict), Told.about(job.stopped().cause(), lineage));
    }

    private static Outcome planned(Job job, Lineage lineage, Attempt reserved) {
        var wanted = job.byHand() && reserved.task().isEmpty();
        if (!wanted && !reserved.pending()) {
            return ignored(job.stopped().task(), "a newer task of its lineage has its place");
        }
        var why = reserved.cause().meaning();
        return planned(
                job,
                lineage,
                wanted
                        ? new RunAgain(reserved.number(), "a person asked for it")
                        : new WaitUntil(reserved.number(), reserved.due(), why));
    }

    /** The one-off schedule of an attempt fired. */
    Outcome due(Task task, int number) {
        var root = lineages.root(task, clock.instant());
        var reserved = lineages.read(root).after(task.arn()).filter(a -> a.number() == number);
        if (reserved.isEmpty()) {
            return ignored(task, "no attempt " + number + " is reserved");
        }
        var stopped = read(task);
        return attempts.resume(new Job(stopped, policy(stopped), root, false), reserved.get());
    }

    private Case read(Task task) {
        return Case.of(task, world.taskDefinition(task.taskDefinitionArn()));
    }

    private RerunPolicy policy(Case stopped) {
        return switch (stopped.policy(absentPolicy)) {
            case Result.Ok<RerunPolicy>(var policy) -> policy;
            case Result.Refused<RerunPolicy> _ -> RerunPolicy.OFF;
        };
    }

    /** The launcher looks for copies itself; only a plan that is not applied needs it here. */
    private Situation situation(Job job, Lineage lineage, boolean dryRun) {
        var stopped = job.stopped();
        var now = clock.instant();
        return new Situation(
                stopped.cause(),
                stopped.stop().exitCodes(),
                stopped.ran(now),
                job.policy(),
                stopped.ownTag(),
                Owner.of(stopped.task()),
                lineage,
                stopped.derived().isPresent(),
                dryRun && copies.copied(stopped, job.byHand(), now),
                job.byHand(),
                now,
                random.getAsDouble());
    }

    private Outcome carryOut(Verdict verdict, Job job, Lineage lineage) {
        return switch (verdict) {
            case RunAgain _ -> attempts.reserve(job, clock.instant());
            case WaitUntil(_, var at, _) -> attempts.reserve(job, at);
            case Repair repair -> repairs.repair(job, lineage, repair);
            case Abandon abandon -> endings.abandoned(job, job.stopped().cause(), lineage, abandon);
            case Recovered recovered -> endings.done(job.stopped().task(), lineage, recovered);
            case Nothing(var why) -> ignored(job.stopped().task(), why);
        };
    }

    private static Outcome ignored(Task task, String why) {
        return new Outcome.Ignored(task.arn(), why);
    }
}
