package dev.efsautopilot.revision;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.efsautopilot.json.Json;
import java.util.List;

/**
 * A definition without what says nothing: ECS writes the defaults of volumes and mount points out
 * when it describes what was registered without them.
 */
final class NormalForm {

    private NormalForm() {}

    static JsonNode of(JsonNode definition) {
        var copy = definition.deepCopy();
        for (var volume : Json.list(copy, "volumes")) {
            for (var kind : List.of(VolumeConfiguration.EFS, VolumeConfiguration.S3_FILES)) {
                if (volume.path(kind) instanceof ObjectNode configuration) {
                    configuration(configuration);
                }
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

    /** Of the two kinds, each has some of these. */
    static void configuration(ObjectNode volume) {
        removeDefault(volume, "rootDirectory", "/");
        removeDefault(volume, "transitEncryption", "DISABLED");
        if (volume.path("authorizationConfig") instanceof ObjectNode authorization) {
            removeDefault(authorization, "iam", "DISABLED");
            if (authorization.isEmpty()) {
                volume.remove("authorizationConfig");
            }
        }
    }

    private static void removeDefault(ObjectNode object, String field, String value) {
        if (object.path(field).isNull() || Json.text(object, field).equals(value)) {
            object.remove(field);
        }
    }
}
