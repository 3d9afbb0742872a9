package dev.efsautopilot.sweep;

import com.fasterxml.jackson.databind.JsonNode;
import dev.efsautopilot.aws.Bus;
import dev.efsautopilot.aws.Clients;
import dev.efsautopilot.aws.Ecs;
import dev.efsautopilot.aws.Workload;
import dev.efsautopilot.function.Settings;
import dev.efsautopilot.json.Json;
import dev.efsautopilot.launch.Launches;
import dev.efsautopilot.network.NfsPolicy;
import dev.efsautopilot.network.NfsReader;
import dev.efsautopilot.network.OpenNfs;
import dev.efsautopilot.network.Truce;
import dev.efsautopilot.plan.Outcome;
import dev.efsautopilot.rerun.Rerun;
import dev.efsautopilot.rerun.RerunPolicy;
import dev.efsautopilot.revision.ProvideVolumes;
import dev.efsautopilot.revision.Revision;
import dev.efsautopilot.task.Task;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Brings about, page by page, what events bring about at once: volumes that tags ask for, open ways
 * of tasks that run, re-runs of tasks that stopped within the last hour.
 */
final class Sweep {

    private final Ecs ecs;
    private final Bus bus;
    private final ProvideVolumes volumes;
    private final Supplier<RunningTasks> running;
    private final Rerun rerun;
    private final boolean rerunByDefault;
    private final InstantSource clock;

    private Sweep(
            Ecs ecs,
            Bus bus,
            ProvideVolumes volumes,
            Supplier<RunningTasks> running,
            Rerun rerun,
            boolean rerunByDefault,
            InstantSource clock) {
        this.ecs = ecs;
        this.bus = bus;
        this.volumes = volumes;
        this.running = running;
        this.rerun = rerun;
        this.rerunByDefault = rerunByDefault;
        this.clock = clock;
    }

    /** A sweep of this stack's account and region. */
    static Sweep on(Clients clients, Settings settings) {
        var ecs = clients.ecs();
        var efs = clients.efs();
        var ec2 = clients.ec2();
        var bus = clients.bus(settings.busName());
        var ledger = clients.ledger(settings.ledgerTable());
        var reader = new NfsReader(ecs, efs, ec2);
        // Mount targets are made where a task asks for one, not in passing.
        var policy = new NfsPolicy(settings.stackName(), settings.manageEgress(), false);
        var nfs = new OpenNfs(reader, efs, ec2, policy);
        return new Sweep(
                ecs,
                bus,
                new ProvideVolumes(ecs, efs, ledger, bus, settings),
                () -> new RunningTasks(reader, nfs, new Truce(ledger), new Launches(ledger)),
                Rerun.on(clients, settings),
                !settings.defaultRerun().equals("off"),
                InstantSource.system());
    }

    /** Goes through everything, tells what came of it, and then throws what failed, if any. */
    Outcome all(boolean dryRun) {
        var findings = new Findings();
        findings.attempt(() -> families(findings, dryRun));
        for (var cluster : ecs.clusters()) {
            findings.count("clusters");
            findings.attempt(() -> cluster(cluster, findings, dryRun));
        }
        var result = Map.of("counts", findings.counts());
        if (dryRun) {
            findings.complain();
            return new Outcome.Planned("sweep", findings.steps(), result);
        }
        bus.tell("Sweep Finished", List.of(), result);
        findings.complain();
        return new Outcome.Done("sweep", findings.steps(), result);
    }

    private void families(Findings findings, boolean dryRun) {
        ecs.families()
                .forEach(family ->
                        findings.look(
                                "families",
                                () ->
                                        volumes.of(
                                                family, this::workloads, dryRun, clock.instant())));
    }

    private List<Workload> workloads(Revision source) {
        return "on".equals(source.tags().get(Revision.DEPLOY)) ? ecs.workloads() : List.of();
    }

    private void cluster(String cluster, Findings findings, boolean dryRun) {
        var definitions = new HashMap<String, JsonNode>();
        var alive = running.get();
        ecs.tasks(cluster, "RUNNING", Optional.empty())
                .forEach(task -> {
                    findings.look(
                            "running",
                            () -> running(alive, task, definitions, dryRun, clock.instant()));
                    if (Rerun.isRerun(task)) {
                        findings.look("reruns", () -> rerun.stands(task, dryRun));
                    }
                });
        ecs.tasks(cluster, "STOPPED", Optional.empty())
                .forEach(task -> findings.look("stopped", () -> rerun.stopped(task, dryRun)));
    }

    private Outcome running(
            RunningTasks alive,
            Task task,
            Map<String, JsonNode> definitions,
            boolean dryRun,
            Instant now) {
        var described =
                definitions.computeIfAbsent(
                        task.taskDefinitionArn(),
                        arn -> ecs.taskDefinition(arn).orElseGet(Json.MAPPER::missingNode));
        var rerunTag =
                rerunByDefault
                        || tagged(Json.list(described, "tags"))
                        || tagged(Json.list(task.json(), "tags"));
        return alive.look(task, described.path("taskDefinition"), rerunTag, dryRun, now);
    }

    private static boolean tagged(List<JsonNode> tags) {
        return tags.stream().anyMatch(tag -> Json.text(tag, "key").equals(RerunPolicy.TAG));
    }
}
