package dev.efsautopilot.local.event;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.efsautopilot.json.Json;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;

/** Puts other names into an event. All files tell one story, so the names in them are known. */
public final class Filling {

    private static final Pattern TIME =
            Pattern.compile("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(\\.\\d+)?Z");

    private final Map<Pattern, String> names = new LinkedHashMap<>();

    /** A task's id. */
    public Filling task(String id) {
        return name("0c1d2e3f405162738495a6b7c8d9eaf0", id);
    }

    /** A cluster's name. */
    public Filling cluster(String name) {
        return name("\\bprod\\b", name);
    }

    /** A revision, as {@code family:7}: the source and the derived one alike. */
    public Filling taskDefinition(String revision) {
        name("\\bfamily:orders\\b", "family:" + revision.replaceFirst(":.*", ""));
        return name("\\borders:[78]\\b", revision);
    }

    /** A file system's id. */
    public Filling fileSystem(String id) {
        return name("fs-0123456789abcdef0", id);
    }

    /** An account's id. */
    public Filling account(String id) {
        return name("123456789012", id);
    }

    /** A region. */
    public Filling region(String name) {
        return name("eu-west-1", name);
    }

    private Filling name(String pattern, String value) {
        names.put(Pattern.compile(pattern), value.replace("\\", "\\\\").replace("$", "\\$"));
        return this;
    }

    /**
     * The event with these names, an id of its own, and all its times moved so that it happens now.
     */
    public JsonNode of(JsonNode event, Instant now) {
        var time = Json.text(event, "time");
        var late = time.isEmpty() ? Duration.ZERO : Duration.between(Instant.parse(time), now);
        var filled = walked(event, text -> moved(named(text), late));
        if (filled instanceof ObjectNode object && event.has("detail-type") && event.has("id")) {
            object.put("id", UUID.randomUUID().toString());
        }
        return filled;
    }

    private String named(String text) {
        var named = text;
        for (var name : names.entrySet()) {
            named = name.getKey().matcher(named).replaceAll(name.getValue());
        }
        return named;
    }

    private static String moved(String text, Duration late) {
        return TIME.matcher(text)
                .replaceAll(found -> {
                    var whole = found.group(1) == null;
                    var then = Instant.parse(found.group()).plus(late);
                    return (whole ? then.truncatedTo(java.time.temporal.ChronoUnit.SECONDS) : then)
                            .toString();
                });
    }

    private static JsonNode walked(JsonNode node, UnaryOperator<String> change) {
        return switch (node) {
            case ObjectNode object -> {
                var changed = Json.MAPPER.createObjectNode();
                object.properties()
                        .forEach(field ->
                                changed.set(field.getKey(), walked(field.getValue(), change)));
                yield changed;
            }
            case ArrayNode array -> {
                var changed = Json.MAPPER.createArrayNode();
                array.forEach(element -> changed.add(walked(element, change)));
                yield changed;
            }
            default -> node.isTextual() ? changed(node, change) : node;
        };
    }

    private static JsonNode changed(JsonNode text, UnaryOperator<String> change) {
        return Json.MAPPER.getNodeFactory().textNode(change.apply(text.textValue()));
    }
}
