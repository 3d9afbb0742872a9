package dev.efsautopilot.json;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.List;
import java.util.Optional;
import java.util.stream.StreamSupport;

/**
 * Reading of JSON trees where any field may be absent, null or of another type than it should be.
 */
public final class Json {

    /** The one mapper: unknown fields are ignored. */
    public static final JsonMapper MAPPER =
            JsonMapper.builder().disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES).build();

    private Json() {}

    /** The text at a field; "" where there is none or it is no text. */
    public static String text(JsonNode node, String field) {
        var value = node.path(field);
        return value.isTextual() ? value.textValue() : "";
    }

    /** The text at a field; empty where there is none, it is blank, or it is no text. */
    public static Optional<String> optionalText(JsonNode node, String field) {
        return Optional.of(text(node, field)).filter(text -> !text.isBlank());
    }

    /** The elements of the list at a field; none where there is no list. */
    public static List<JsonNode> list(JsonNode node, String field) {
        var value = node.path(field);
        return value.isArray()
                ? StreamSupport.stream(value.spliterator(), false).toList()
                : List.of();
    }

    /** The texts of the list at a field; elements that are no text are left out. */
    public static List<String> texts(JsonNode node, String field) {
        return list(node, field).stream()
                .filter(JsonNode::isTextual)
                .map(JsonNode::textValue)
                .toList();
    }

    /** The object at a field; an empty object where there is none. */
    public static JsonNode object(JsonNode node, String field) {
        var value = node.path(field);
        return value.isObject() ? value : MAPPER.createObjectNode();
    }
}
