package dev.efsautopilot.sweep;

import com.fasterxml.jackson.databind.JsonNode;
import dev.efsautopilot.aws.Ecs;
import dev.efsautopilot.aws.EcsTasks;
import dev.efsautopilot.json.Json;
import dev.efsautopilot.rerun.Rerun;
import dev.efsautopilot.rerun.RerunPolicy;
import dev.efsautopilot.task.Task;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Tasks that run, and those that stopped within about the last hour. */
final class TaskStage implements Stage {

    private final Ecs ecs;
    private final RunningTasks running;
    private final Rerun rerun;
    private final boolean rerunByDefault;

    /** Revisions never change: each is read once in a sweep. */
    private final Map<String, JsonNode> definitions = new HashMap<>();

    TaskStage(Ecs ecs, RunningTasks running, Rerun rerun, boolean rerunByDefault) {
        this.ecs = ecs;
        this.running = running;
        this.rerun = rerun;
        this.rerunByDefault = rerunByDefault;
    }

    @Override
    public String name() {
        return "tasks";
    }

    /** A task is described together with its cluster: both are in its key. */
    private record Key(String cluster, String task) {

        static Key of(String text) {
            var parts = text.split(" ", 2);
            return new Key(parts[0], parts[1]);
        }

        String text() {
            return cluster + " " + task;
        }
    }

    @Override
    public List<String> keys(Round round, boolean resumed) {
        return ecs.clusters().arns().stream()
                .flatMap(cluster ->
                        Stream.of("RUNNING", "STOPPED")
                                .flatMap(
                                        status -> ecs.clusters().taskArns(cluster, status).stream())
                                .map(arn -> new Key(cluster, arn).text()))
                .sorted()
                .distinct()
                .toList();
    }

    @Override
    public int batch() {
        return EcsTasks.MOST;
    }

    @Override
    public void look(List<String> keys, Round round) {
        keys.stream()
                .map(Key::of)
                .map(Key::cluster)
                .distinct()
                .forEach(cluster -> {
                    var arns =
                            keys.stream()
                                    .map(Key::of)
                                    .filter(key -> key.cluster().equals(cluster))
                                    .map(Key::task)
                                    .toList();
                    ecs.tasks().described(cluster, arns).forEach(task -> look(task, round));
                });
    }

    private void look(Task task, Round round) {
        var findings = round.findings();
        if (task.desiredStatus().equals("STOPPED")) {
            findings.look("stopped", () -> rerun.stopped(task, round.dryRun()));
            return;
        }
        findings.look(
                "running",
                () -> {
                    var described = described(task);
                    return running.look(
                            task,
                            described.path("taskDefinition"),
                            hasPolicy(task, described),
                            round.dryRun(),
                            round.now());
                });
        if (Rerun.isRerun(task)) {
            findings.look("reruns", () -> rerun.stands(task, round.dryRun()));
        }
    }

    private JsonNode described(Task task) {
        return definitions.computeIfAbsent(
                task.taskDefinitionArn(),
                arn -> ecs.taskDefinitions().find(arn).orElseGet(Json.MAPPER::missingNode));
    }

    private boolean hasPolicy(Task task, JsonNode described) {
        return rerunByDefault
                || tagged(Json.list(described, "tags"))
                || tagged(Json.list(task.json(), "tags"));
    }

    private static boolean tagged(List<JsonNode> tags) {
        return tags.stream().anyMatch(tag -> Json.text(tag, "key").equals(RerunPolicy.TAG));
    }
}
