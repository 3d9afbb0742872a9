package dev.efsautopilot.nfsingress;

import com.fasterxml.jackson.databind.JsonNode;
import dev.efsautopilot.json.Json;
import dev.efsautopilot.task.NfsVolumes;
import java.util.List;

/**
 * What matters of a task definition.
 *
 * @param family its family
 * @param awsvpc whether its tasks have network interfaces of their own
 * @param fileSystemIds what it mounts, as {@link NfsVolumes} names it
 * @param rerun whether it has a re-run policy
 */
record Definition(String family, boolean awsvpc, List<String> fileSystemIds, boolean rerun) {

    private static final String RERUN = "efs-autopilot/rerun";

    /**
     * The definition in the answer of {@code DescribeTaskDefinition}.
     *
     * @param described {@code {"taskDefinition": …, "tags": […]}}
     */
    static Definition of(JsonNode described) {
        var definition = described.path("taskDefinition");
        return new Definition(
                Json.text(definition, "family"),
                Json.text(definition, "networkMode").equals("awsvpc"),
                NfsVolumes.of(definition),
                Json.list(described, "tags").stream()
                        .anyMatch(tag -> Json.text(tag, "key").equals(RERUN)));
    }
}
