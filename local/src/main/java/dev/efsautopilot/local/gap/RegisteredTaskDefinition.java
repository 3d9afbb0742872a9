package dev.efsautopilot.local.gap;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.efsautopilot.local.call.Json;
import java.util.List;
import java.util.TreeSet;

/** The document of a revision as AWS returns it: what was registered, with AWS's defaults. */
final class RegisteredTaskDefinition {
    private static final List<String> LISTS_OF_CONTAINER =
            List.of("portMappings", "environment", "mountPoints", "volumesFrom", "systemControls");

    private RegisteredTaskDefinition() {}

    /**
     * @param made MiniStack's document
     * @param fields what was registered, without containers and tags; none where MiniStack made the
     *     revision itself, as CloudFormation does
     */
    static ObjectNode of(JsonNode made, ObjectNode fields) {
        var whole = Json.object();
        made.properties().stream()
                .filter(member -> !isNothing(member.getValue()))
                .forEach(member -> whole.set(member.getKey(), member.getValue().deepCopy()));
        whole.setAll(fields.deepCopy());
        for (var container : whole.path("containerDefinitions")) {
            LISTS_OF_CONTAINER.forEach(((ObjectNode) container)::withArrayProperty);
        }
        for (var volume : whole.path("volumes")) {
            if (volume.size() == 1) {
                ((ObjectNode) volume).putObject("host");
            }
            if (volume.path("efsVolumeConfiguration") instanceof ObjectNode efs
                    && !efs.has("rootDirectory")) {
                efs.put("rootDirectory", "/");
            }
        }
        whole.set("requiresAttributes", requiresAttributes(whole));
        return whole;
    }

    private static boolean isNothing(JsonNode value) {
        return value.isNull() || (value.isTextual() && value.asText().isEmpty());
    }

    private static JsonNode requiresAttributes(ObjectNode whole) {
        var names = new TreeSet<String>();
        names.add("com.amazonaws.ecs.capability.docker-remote-api.1.18");
        if (whole.path("networkMode").asText().equals("awsvpc")) {
            names.add("ecs.capability.task-eni");
        }
        if (whole.has("taskRoleArn")) {
            names.add("com.amazonaws.ecs.capability.task-iam-role");
        }
        for (var volume : whole.path("volumes")) {
            var efs = volume.path("efsVolumeConfiguration");
            if (efs.isObject()) {
                names.add("ecs.capability.efs");
            }
            if (efs.has("authorizationConfig") || efs.has("transitEncryption")) {
                names.add("ecs.capability.efsAuth");
            }
        }
        var attributes = Json.array();
        names.forEach(name -> attributes.addObject().put("name", name));
        return attributes;
    }
}
