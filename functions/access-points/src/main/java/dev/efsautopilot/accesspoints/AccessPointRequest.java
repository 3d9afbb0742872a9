package dev.efsautopilot.accesspoints;

import com.fasterxml.jackson.databind.JsonNode;
import dev.efsautopilot.intent.FileSystemName;
import dev.efsautopilot.json.Json;
import dev.efsautopilot.plan.Refusal;
import dev.efsautopilot.plan.Result;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/**
 * A request for an access point, by HTTP, by direct invoke or from the bus.
 *
 * @param fileSystem the file system
 * @param family the task definitions that it is for
 * @param volume the volume that it is for
 * @param wanted the access point
 */
record AccessPointRequest(FileSystemName fileSystem, String family, String volume, Wanted wanted) {

    /** All that a request may say. */
    static final List<String> FIELDS =
            List.of(
                    "fileSystem",
                    "family",
                    "volume",
                    "path",
                    "uid",
                    "gid",
                    "gids",
                    "mode",
                    "accessPoint",
                    "correlationId");

    private static final List<String> TEXTS =
            List.of("fileSystem", "family", "volume", "path", "accessPoint");

    /** The request in this JSON; numbers may be written as texts, as the tag's words are. */
    static Result<AccessPointRequest> parse(JsonNode json) {
        return known(json).then(AccessPointRequest::of);
    }

    private static Result<Map<String, String>> known(JsonNode json) {
        var unknown =
                json.properties().stream()
                        .map(Map.Entry::getKey)
                        .filter(field -> !FIELDS.contains(field))
                        .findFirst();
        if (unknown.isPresent()) {
            return Result.refused(
                    Refusal.invalid(
                            unknown.get(),
                            "is no field of a request",
                            "use " + String.join(", ", FIELDS)));
        }
        var noText =
                TEXTS.stream()
                        .filter(field -> json.hasNonNull(field) && !json.path(field).isTextual())
                        .findFirst();
        if (noText.isPresent()) {
            return Result.refused(
                    Refusal.invalid(noText.get(), "is not a text", "write it in quotes"));
        }
        return Result.ok(words(json));
    }

    private static Result<AccessPointRequest> of(Map<String, String> words) {
        return name(words, "family")
                .then(family ->
                        name(words, "volume")
                                .then(volume ->
                                        fileSystem(words)
                                                .then(fileSystem ->
                                                        Wanted.parse(words)
                                                                .then(wanted ->
                                                                        Result.ok(
                                                                                new AccessPointRequest(
                                                                                        fileSystem,
                                                                                        family,
                                                                                        volume,
                                                                                        wanted))))));
    }

    private static Map<String, String> words(JsonNode json) {
        var words = new HashMap<String, String>();
        json.properties()
                .forEach(field -> {
                    if (!field.getValue().isNull()) {
                        words.put(field.getKey(), text(field.getValue()));
                    }
                });
        return words;
    }

    private static String text(JsonNode value) {
        return value.isArray()
                ? StreamSupport.stream(value.spliterator(), false)
                        .map(JsonNode::asText)
                        .collect(Collectors.joining(":"))
                : value.isValueNode() ? value.asText() : value.toString();
    }

    private static Result<String> name(Map<String, String> words, String field) {
        var text = words.getOrDefault(field, "");
        return text.matches("[A-Za-z0-9_-]{1,255}")
                ? Result.ok(text)
                : Result.refused(
                        Refusal.invalid(
                                field,
                                "'" + text + "' is no name",
                                "write letters, digits, - and _, at most 255"));
    }

    private static Result<FileSystemName> fileSystem(Map<String, String> words) {
        var text = words.get("fileSystem");
        return text == null
                ? Result.ok(new FileSystemName.Default())
                : FileSystemName.parse("fileSystem", text);
    }

    /** What the answer on the bus carries: the request's own, or the event's id. */
    static String correlationId(String eventId, JsonNode detail) {
        return Json.optionalText(detail, "correlationId").orElse(eventId);
    }
}
