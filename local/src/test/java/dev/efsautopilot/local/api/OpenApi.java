package dev.efsautopilot.local.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.efsautopilot.json.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * {@code docs/openapi.yaml}.
 *
 * @param document the whole of it
 */
public record OpenApi(JsonNode document) {

    private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());
    private static final Set<String> METHODS = Set.of("get", "post", "put", "patch", "delete");

    /**
     * One method of one path.
     *
     * @param method in capitals
     * @param path with its parameters in braces
     * @param operation what the document says of it
     */
    public record Route(String method, String path, JsonNode operation) {

        private boolean takes(String calledMethod, String calledPath) {
            var pattern = Pattern.quote(path).replaceAll("\\{[^}]+}", "\\\\E[^/]+\\\\Q");
            return method.equals(calledMethod) && calledPath.matches(pattern);
        }
    }

    /** The document of this project. */
    public static OpenApi of(Path root) {
        return new OpenApi(yaml(root.resolve("docs/openapi.yaml")));
    }

    /** A YAML file, its tags left out. */
    static JsonNode yaml(Path file) {
        try {
            return YAML.readTree(file.toFile());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Every route. */
    public List<Route> routes() {
        return document.path("paths").properties().stream()
                .flatMap(path ->
                        path.getValue().properties().stream()
                                .filter(one -> METHODS.contains(one.getKey()))
                                .map(one -> route(path.getKey(), one)))
                .toList();
    }

    private static Route route(String path, Map.Entry<String, JsonNode> operation) {
        var method = operation.getKey().toUpperCase(java.util.Locale.ROOT);
        return new Route(method, path, operation.getValue());
    }

    /** What is wrong with an answer by this document; nothing where it is as it should be. */
    public List<String> violations(
            String method, String called, int status, String type, String body) {
        var path = called.split("\\?", 2)[0];
        return routes().stream()
                .filter(one -> one.takes(method, path))
                .findFirst()
                .map(one -> violations(one, status, type, body))
                .orElseGet(() -> List.of("no route for " + method + " " + path));
    }

    private List<String> violations(Route route, int status, String type, String body) {
        var responses = route.operation().path("responses");
        var response =
                resolved(responses.path(responses.has("" + status) ? "" + status : "default"));
        var content = response.path("content").path(type.split(";", 2)[0]);
        if (content.isMissingNode()) {
            return List.of(
                    "%s %s: %d with %s is not in the document: %s"
                            .formatted(route.method(), route.path(), status, type, body));
        }
        return type.contains("json") ? violations(content.path("schema"), body) : List.<String>of();
    }

    private List<String> violations(JsonNode schema, String body) {
        try {
            return schema(schema).validate(Json.MAPPER.readTree(body)).stream()
                    .map(error -> error.getInstanceLocation() + ": " + error.getMessage())
                    .toList();
        } catch (IOException e) {
            return List.of("no JSON: " + body);
        }
    }

    private Schema schema(JsonNode schema) {
        var whole = (ObjectNode) schema.deepCopy();
        whole.set("components", document.path("components"));
        return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(whole);
    }

    /** What a reference of this document stands for; what is none stands for itself. */
    public JsonNode resolved(JsonNode node) {
        var reference = Json.text(node, "$ref");
        return reference.isEmpty() ? node : resolved(document.at(reference.substring(1)));
    }

    /** Every reference in it. */
    Stream<String> references() {
        return document.findValuesAsText("$ref").stream();
    }
}
