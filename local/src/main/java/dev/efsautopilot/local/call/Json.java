package dev.efsautopilot.local.call;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Collection;
import java.util.stream.Stream;

/** JSON trees: the form in which the gateway reads and writes what AWS says. */
public final class Json {
    private static final JsonMapper MAPPER =
            JsonMapper.builder().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS).build();

    private Json() {}

    /** An empty object. */
    public static ObjectNode object() {
        return MAPPER.createObjectNode();
    }

    /** An empty array. */
    public static ArrayNode array() {
        return MAPPER.createArrayNode();
    }

    /** An array of strings. */
    public static ArrayNode array(Collection<String> values) {
        var array = array();
        values.forEach(array::add);
        return array;
    }

    /**
     * Parses a document; a blank one is an empty object.
     *
     * @throws IllegalArgumentException where the text is not JSON
     */
    public static JsonNode parse(String text) {
        try {
            return text.isBlank() ? object() : MAPPER.readTree(text);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("not JSON: " + e.getOriginalMessage(), e);
        }
    }

    /** A copy that can be changed. */
    public static ObjectNode copy(JsonNode node) {
        return node instanceof ObjectNode object ? object.deepCopy() : object();
    }

    /** The strings of an array. */
    public static Stream<String> strings(JsonNode array) {
        return array.valueStream().map(JsonNode::asText);
    }
}
