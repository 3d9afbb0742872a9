package dev.efsautopilot.revision;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.efsautopilot.json.Json;

/**
 * A definition without what says nothing: ECS writes the defaults of volumes and mount points out
 * when it describes what was registered without them.
 */
final class NormalForm {

    private NormalForm() {}

    static JsonNode of(JsonNode definition) {
        var copy = definition.deepCopy();
        for (var volume : Json.list(copy, "volumes")) {
            if (volume.path("efsVolumeConfiguration") instanceof ObjectNode efs) {
                efs(efs);
            }
        }
        for (var container : Json.list(copy, "containerDefinitions")) {
            for (var mountPoint : Json.list(container, "mountPoints")) {
                if (mountPoint instanceof ObjectNode object
                        && !object.path("readOnly").asBoolean()) {
                    object.remove("readOnly");
                }
            }
        }
        return copy;
    }

    static void efs(ObjectNode efs) {
        removeDefault(efs, "rootDirectory", "/");
        removeDefault(efs, "transitEncryption", "DISABLED");
        if (efs.path("authorizationConfig") instanceof ObjectNode authorization) {
            removeDefault(authorization, "iam", "DISABLED");
            if (authorization.isEmpty()) {
                efs.remove("authorizationConfig");
            }
        }
    }

    private static void removeDefault(ObjectNode object, String field, String value) {
        if (object.path(field).isNull() || Json.text(object, field).equals(value)) {
            object.remove(field);
        }
    }
}
