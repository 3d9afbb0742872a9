package dev.efsautopilot.local.call;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Set;

/** Hides what containers and stacks are told in confidence. */
public final class Secrets {
    private static final String HIDDEN = "HIDDEN_DUE_TO_SECURITY_REASONS";
    private static final Set<String> NEVER_SHOWN =
            Set.of("templateBody", "secretString", "password", "zipFile");

    private Secrets() {}

    /** A copy without the values of container environments and without secret parameters. */
    public static JsonNode hidden(JsonNode node) {
        if (node instanceof ArrayNode array) {
            var items = Json.array();
            array.forEach(item -> items.add(hidden(item)));
            return items;
        }
        if (!(node instanceof ObjectNode object)) {
            return node;
        }
        var copy = Json.object();
        object.properties()
                .forEach(member ->
                        copy.set(member.getKey(), value(member.getKey(), member.getValue())));
        return copy;
    }

    private static JsonNode value(String name, JsonNode value) {
        if (NEVER_SHOWN.contains(Form.lowerCamel(name))) {
            return Json.object().textNode(HIDDEN);
        }
        var copy = hidden(value);
        if (Form.lowerCamel(name).equals("environment")) {
            for (var entry : copy) {
                if (entry instanceof ObjectNode pair && pair.has("value")) {
                    pair.put("value", HIDDEN);
                }
            }
        }
        return copy;
    }
}
