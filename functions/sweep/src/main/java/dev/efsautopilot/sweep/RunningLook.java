package dev.efsautopilot.sweep;

import com.fasterxml.jackson.databind.JsonNode;
import dev.efsautopilot.aws.Ecs;
import dev.efsautopilot.json.Json;
import dev.efsautopilot.rerun.Rerun;
import dev.efsautopilot.rerun.RerunPolicy;
import dev.efsautopilot.task.Task;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A task that runs: its way to its file systems, its launch, and whether a re-run stays up. */
final class RunningLook implements TaskStage.Look {

    private final Ecs ecs;
    private final RunningTasks running;
    private final Rerun rerun;
    private final boolean rerunByDefault;

    /** Revisions never change: each is read once in a sweep. */
    private final Map<String, JsonNode> definitions = new HashMap<>();

    RunningLook(Ecs ecs, RunningTasks running, Rerun rerun, boolean rerunByDefault) {
        this.ecs = ecs;
        this.running = running;
        this.rerun = rerun;
        this.rerunByDefault = rerunByDefault;
    }

    /** One that was stopped since it was listed is for the next sweep. */
    @Override
    public void at(Task task, Stage.Round round) {
        if (task.desiredStatus().equals("STOPPED")) {
            return;
        }
        var findings = round.findings();
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
