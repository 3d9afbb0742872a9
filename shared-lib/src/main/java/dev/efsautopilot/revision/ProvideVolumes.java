package dev.efsautopilot.revision;

import dev.efsautopilot.aws.Bus;
import dev.efsautopilot.aws.Ecs;
import dev.efsautopilot.aws.Efs;
import dev.efsautopilot.aws.Ledger;
import dev.efsautopilot.aws.TaskDefinitions;
import dev.efsautopilot.aws.Workload;
import dev.efsautopilot.function.Settings;
import dev.efsautopilot.intent.VolumeIntent;
import dev.efsautopilot.plan.Outcome;
import dev.efsautopilot.plan.Refusal;
import dev.efsautopilot.plan.Result;
import dev.efsautopilot.plan.Step;
import dev.efsautopilot.role.TaskRoles;
import dev.efsautopilot.storage.AccessPoints;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/** Gives a task definition the volumes that its tags ask for: facts, plan, apply, told. */
public final class ProvideVolumes {

    private final TaskDefinitions definitions;
    private final ReadVolumes read;
    private final ApplyVolumes apply;
    private final TellVolumes tell;
    private final Optional<SettleRoles> roles;

    /** On these services of AWS; roles are not looked at. */
    public ProvideVolumes(Ecs ecs, Efs efs, Ledger ledger, Bus bus, Settings settings) {
        this(ecs, efs, ledger, bus, settings, Optional.empty());
    }

    /**
     * On these services of AWS.
     *
     * @param roles looks whether task roles may mount the volumes; empty where nobody does
     */
    public ProvideVolumes(
            Ecs ecs,
            Efs efs,
            Ledger ledger,
            Bus bus,
            Settings settings,
            Optional<TaskRoles> roles) {
        this.definitions = ecs.taskDefinitions();
        this.read = ReadVolumes.on(ecs, efs, ledger, settings);
        this.apply =
                new ApplyVolumes(
                        ecs.tags(),
                        new AccessPoints(
                                efs.newAccessPoints(),
                                ledger,
                                settings.uidRange(),
                                settings.accessPointTags()),
                        new Registration(definitions, ledger, settings.stackName()),
                        new Moves(ecs.workloads(), ledger));
        this.tell = new TellVolumes(ecs.tags(), bus);
        this.roles = roles.map(found -> new SettleRoles(ecs.tags(), found));
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
        var described = definitions.find(reference).map(Revision::described);
        if (described.isEmpty()) {
            return new Outcome.Refused(
                    reference,
                    Refusal.notFound(
                            "taskDefinition",
                            "no task definition has this name",
                            "write family:revision or an ARN of this account and region"));
        }
        return of(described.get(), workloads, dryRun, now);
    }

    /** The same for a revision that was just read. */
    public Outcome of(
            Revision source,
            Function<Revision, List<Workload>> workloads,
            boolean dryRun,
            Instant now) {
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
        var source = facts.source();
        if (dryRun) {
            var detail =
                    plan.target()
                            .flatMap(target ->
                                    roles.<Map<String, ?>>map(found -> found.look(source, target)))
                            .orElseGet(Map::of);
            return Result.ok(
                    new Outcome.Planned(
                            source.name(),
                            plan.steps(),
                            TellVolumes.result(source, plan.target(), detail)));
        }
        return apply.all(facts, plan, now)
                .then(progress -> Result.ok(told(source, progress.target(), plan)));
    }

    private Outcome told(Revision source, Revision target, VolumePlan plan) {
        var settled =
                roles.map(found -> found.of(source, target, plan))
                        .orElse(SettleRoles.Settled.NOTHING);
        var result = TellVolumes.result(source, Optional.of(target), settled.detail());
        if (plan.changes() || !settled.steps().isEmpty()) {
            tell.ready(source, target, result, plan.left());
        }
        var steps = Stream.<Step>concat(plan.steps().stream(), settled.steps().stream()).toList();
        return new Outcome.Done(source.name(), steps, result);
    }
}
