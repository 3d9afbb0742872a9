package dev.efsautopilot.sweep;

import dev.efsautopilot.aws.Bus;
import dev.efsautopilot.aws.Clients;
import dev.efsautopilot.aws.Ledger;
import dev.efsautopilot.function.Settings;
import dev.efsautopilot.launch.Launches;
import dev.efsautopilot.network.NfsPolicy;
import dev.efsautopilot.network.NfsReader;
import dev.efsautopilot.network.OpenNfs;
import dev.efsautopilot.network.Truce;
import dev.efsautopilot.plan.Outcome;
import dev.efsautopilot.rerun.Rerun;
import dev.efsautopilot.revision.ProvideVolumes;
import dev.efsautopilot.role.TaskRoles;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Brings about, page by page, what events bring about at once: open ways of tasks that run, re-runs
 * of tasks that stopped within the last hour, volumes that tags ask for. Then it removes what is no
 * longer used. It stops before its time runs out, and the next sweep goes on from there.
 */
final class Sweep {

    /** Lambda ends the function after five; the longest look takes less than the rest. */
    static final Duration BUDGET = Duration.ofMinutes(4);

    private final Supplier<List<Stage>> stages;
    private final Ledger ledger;
    private final Bus bus;
    private final InstantSource clock;

    Sweep(Supplier<List<Stage>> stages, Ledger ledger, Bus bus, InstantSource clock) {
        this.stages = stages;
        this.ledger = ledger;
        this.bus = bus;
        this.clock = clock;
    }

    /** A sweep of this stack's account and region. */
    static Sweep on(Clients clients, Settings settings) {
        var ecs = clients.patientEcs();
        var efs = clients.efs();
        var ec2 = clients.ec2();
        var bus = clients.bus(settings.busName());
        var ledger = clients.ledger(settings.ledgerTable());
        var reader = new NfsReader(ecs, efs, ec2, clients.s3Files(), settings.s3FileSystems());
        // Mount targets are made where a task asks for one, not in passing.
        var policy = new NfsPolicy(settings.stackName(), settings.manageEgress(), false);
        var nfs = new OpenNfs(reader, efs, ec2, policy);
        var roles =
                new TaskRoles(efs, clients.iam(), settings.manageTaskRoles(), settings.stackName());
        var volumes = new ProvideVolumes(ecs, efs, ledger, bus, settings, Optional.of(roles));
        var rerun = Rerun.on(clients, settings);
        var running = new RunningTasks(reader, nfs, new Truce(ledger), new Launches(ledger));
        return new Sweep(
                () ->
                        List.of(
                                // First, as ECS forgets them.
                                new TaskStage("STOPPED", ecs, stoppedLook(rerun)),
                                new TaskStage(
                                        "RUNNING",
                                        ecs,
                                        new RunningLook(
                                                ecs,
                                                running,
                                                rerun,
                                                !settings.defaultRerun().equals("off"))),
                                new FamilyStage(ecs, volumes, settings.stackName()),
                                new RuleStage(ec2, settings.stackName(), settings.retention()),
                                new AccessPointStage(ecs, efs, settings)),
                ledger,
                bus,
                InstantSource.system());
    }

    private static TaskStage.Look stoppedLook(Rerun rerun) {
        return (task, round) ->
                round.findings().look("stopped", () -> rerun.stopped(task, round.dryRun()));
    }

    /** Goes through everything, tells what came of it, and then throws what failed, if any. */
    Outcome all(boolean dryRun) {
        var end = clock.instant().plus(BUDGET);
        var findings = new Findings();
        var memory = Memory.of(ledger);
        var unfinished = new ArrayList<String>();
        for (var stage : stages.get()) {
            // Each may take half of the time that is left, so that none keeps the others for ever.
            var half = clock.instant().plus(Duration.between(clock.instant(), end).dividedBy(2));
            findings.attempt(() -> {
                if (!through(stage, findings, memory, dryRun, half)) {
                    unfinished.add(stage.name());
                }
            });
        }
        return told(findings, memory, unfinished, dryRun);
    }

    /** Whether it came to the end, from where it stopped the last time. */
    private boolean through(
            Stage stage, Findings findings, Memory memory, boolean dryRun, Instant until) {
        var last = memory.stopped(stage.name());
        var begun = new Stage.Round(findings, memory, dryRun, clock.instant());
        var keys =
                stage.keys(begun, !last.isEmpty()).stream()
                        .filter(key -> key.compareTo(last) > 0)
                        .toList();
        for (var from = 0; from < keys.size(); from += stage.batch()) {
            var now = clock.instant();
            if (!now.isBefore(until)) {
                return false;
            }
            var batch = keys.subList(from, Math.min(from + stage.batch(), keys.size()));
            var round = new Stage.Round(findings, memory, dryRun, now);
            findings.attempt(() -> stage.look(batch, round));
            memory.stop(stage.name(), batch.getLast());
        }
        memory.finish(stage.name());
        stage.end(new Stage.Round(findings, memory, dryRun, clock.instant()));
        return true;
    }

    private Outcome told(
            Findings findings, Memory memory, List<String> unfinished, boolean dryRun) {
        var result = Map.of("counts", findings.counts(), "unfinished", unfinished);
        if (dryRun) {
            findings.complain();
            return new Outcome.Planned("sweep", findings.steps(), result);
        }
        memory.keep(ledger, clock.instant());
        bus.tell("Sweep Finished", List.of(), result);
        findings.complain();
        return new Outcome.Done("sweep", findings.steps(), result);
    }
}
