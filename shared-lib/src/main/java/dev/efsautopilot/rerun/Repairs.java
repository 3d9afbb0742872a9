package dev.efsautopilot.rerun;

import dev.efsautopilot.plan.Outcome;
import dev.efsautopilot.plan.Refusal;
import dev.efsautopilot.plan.Result;
import dev.efsautopilot.plan.Step;
import dev.efsautopilot.rerun.Verdict.Abandon;
import dev.efsautopilot.rerun.Verdict.Repair;
import java.util.List;

/** Repairs a task's storage before the task runs again, or before another does. */
final class Repairs {

    private final World world;
    private final Launcher launcher;
    private final Attempts attempts;
    private final Endings endings;

    Repairs(World world, Launcher launcher, Attempts attempts, Endings endings) {
        this.world = world;
        this.launcher = launcher;
        this.attempts = attempts;
        this.endings = endings;
    }

    /** Repairs what can be repaired; where that is not all that is wanted, runs the task again. */
    Outcome repair(Job job, Lineage lineage, Repair repair) {
        return switch (world.repair(job.stopped().task(), job.stopped().definition())) {
            case Result.Refused<List<? extends Step>>(var refusal) ->
                    repair.thenRun()
                            ? refused(job, lineage, repair, refusal)
                            : new Outcome.Refused(job.arn(), refusal);
            case Result.Ok<List<? extends Step>>(var steps) ->
                    repair.thenRun()
                            ? repaired(job, lineage, repair, steps)
                            : new Outcome.Done(
                                    job.arn(), steps, Told.about(job.stopped().cause(), lineage));
        };
    }

    /** What may not be opened here may be open in another subnet that the launch allows. */
    private Outcome refused(Job job, Lineage lineage, Repair repair, Refusal refusal) {
        return !sameAgain(job, lineage) && launcher.mayGoElsewhere(job.stopped())
                ? attempts.reserve(job, repair.at())
                : endings.abandoned(
                        job,
                        job.stopped().cause(),
                        lineage,
                        new Abandon(refusal.problem(), refusal.remedy()));
    }

    private Outcome repaired(Job job, Lineage lineage, Repair repair, List<? extends Step> steps) {
        var cause = job.stopped().cause();
        return steps.isEmpty() && sameAgain(job, lineage)
                ? endings.abandoned(
                        job,
                        cause,
                        lineage,
                        new Abandon(
                                cause.meaning() + ", again, and there is nothing to repair",
                                Remedy.of(cause)))
                : attempts.reserve(job, repair.at());
    }

    /** Once without a repair may be a race that passed; twice is not. */
    private static boolean sameAgain(Job job, Lineage lineage) {
        return !lineage.attempts().isEmpty()
                && lineage.attempts().getLast().cause() == job.stopped().cause();
    }
}
