package dev.efsautopilot.rerun;

import com.fasterxml.jackson.databind.JsonNode;
import dev.efsautopilot.json.Json;
import dev.efsautopilot.task.Task;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Another task of a family, by what never changes of it.
 *
 * @param arn its ARN
 * @param since when its owner started it, or the first of its lineage; the epoch where that is not
 *     known
 * @param overrides those that say something
 * @param rerunOf whose re-run it is; empty for one that somebody else started
 */
record Peer(String arn, Instant since, List<JsonNode> overrides, Optional<String> rerunOf) {

    static Peer of(Task task) {
        return new Peer(
                task.arn(),
                Mark.since(task).orElse(Instant.EPOCH),
                overrides(task),
                Mark.rerunOf(task));
    }

    /** ECS adds an empty override for each container. */
    static List<JsonNode> overrides(Task task) {
        return Json.list(task.json().path("overrides"), "containerOverrides").stream()
                .filter(override -> override.size() > 1)
                .toList();
    }
}
