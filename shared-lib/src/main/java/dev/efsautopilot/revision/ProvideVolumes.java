package dev.efsautopilot.revision;

import dev.efsautopilot.aws.Bus;
import dev.efsautopilot.aws.Ecs;
import dev.efsautopilot.aws.Efs;
import dev.efsautopilot.aws.Ledger;
import dev.efsautopilot.aws.Workload;
import dev.efsautopilot.function.Settings;
import dev.efsautopilot.intent.VolumeIntent;
import dev.efsautopilot.plan.Outcome;
import dev.efsautopilot.plan.Refusal;
import dev.efsautopilot.plan.Result;
import dev.efsautopilot.storage.AccessPoints;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Gives a task definition the volumes that its tags ask for: facts, plan, apply, told. */
public final class ProvideVolumes {

    private final Ecs ecs;
    private final ReadVolumes read;
    private final ApplyVolumes apply;
    private final TellVolumes tell;

    /** On these services of AWS. */
    public ProvideVolumes(Ecs ecs, Efs efs, Ledger ledger, Bus bus, Settings settings) {
        this.ecs = ecs;
        this.read = ReadVolumes.on(ecs, efs, ledger, settings);
        this.apply =
                new ApplyVolumes(
                        ecs,
                        new AccessPoints(
                                efs, ledger, settings.uidRange(), settings.accessPointTags()),
                        new Registration(ecs, ledger, settings.stackName()),
                        ledger);
        this.tell = new TellVolumes(ecs, bus);
    }

    /**
     * Reads a revision and does what its tags ask for.
     *
     * @param reference {@code family:revision} or an ARN
     * @param workloads the services that may be on it, read only once its tags are understood
     * @param dryRun whether only the plan is wanted
     * @param now the time
     */
    public Outcome of(
            String reference,
            Function<Revision, List<Workload>> workloads,
            boolean dryRun,
            Instant now) {
        var described = ecs.taskDefinition(reference).map(Revision::described);
        if (described.isEmpty()) {
            return new Outcome.Refused(
                    reference,
                    Refusal.notFound(
                            reference,
                            "no task definition has this name",
                            "write family:revision or an ARN of this account and region"));
        }
        var source = described.get();
        if (source.source().isPresent()) {
            return new Outcome.Ignored(
                    source.name(), "it was made from " + source.source().get() + " by its tags");
        }
        if (source.tags().keySet().stream().noneMatch(VolumeIntent::isTag)) {
            return new Outcome.Ignored(source.name(), "no tag asks for a volume");
        }
        return decide(source, workloads, dryRun, now);
    }

    private Outcome decide(
            Revision source,
            Function<Revision, List<Workload>> workloads,
            boolean dryRun,
            Instant now) {
        var facts = read.facts(source, workloads);
        var plan = facts.then(VolumePlan::of);
        return switch (facts.then(all -> plan.then(steps -> done(all, steps, dryRun, now)))) {
            case Result.Ok<Outcome>(var outcome) -> outcome;
            case Result.Refused<Outcome>(var refusal) -> {
                if (!dryRun) {
                    tell.refused(source, refusal);
                }
                yield new Outcome.Refused(source.name(), refusal);
            }
        };
    }

    private Result<Outcome> done(VolumeFacts facts, VolumePlan plan, boolean dryRun, Instant now) {
        var name = facts.source().name();
        if (dryRun) {
            return Result.ok(
                    new Outcome.Planned(
                            name, plan.steps(), TellVolumes.result(facts.source(), plan.target())));
        }
        return apply.all(facts, plan, now)
                .then(progress -> {
                    var target = Optional.of(progress.target());
                    if (plan.changes()) {
                        tell.ready(facts.source(), progress.target(), plan.left());
                    }
                    return Result.ok(
                            new Outcome.Done(
                                    name,
                                    plan.steps(),
                                    TellVolumes.result(facts.source(), target)));
                });
    }
}
