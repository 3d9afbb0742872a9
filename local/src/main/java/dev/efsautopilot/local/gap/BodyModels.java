package dev.efsautopilot.local.gap;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.joining;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.efsautopilot.local.call.Json;
import dev.efsautopilot.local.call.Request;
import dev.efsautopilot.local.call.Response;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * The models of a REST API's bodies, JSON Schema draft 4, and what of them a body breaks: {@code
 * $context.error.validationErrorString}, "A string containing a detailed validation error message"
 * (Amazon API Gateway Developer Guide, Variables for access logging). MiniStack knows only that a
 * body breaks its model. The words are this validator's; those of API Gateway differ.
 */
final class BodyModels {
    private static final String REASONS = "$context.error.validationErrorString";
    private static final String REFERENCE = "#/components/schemas/";

    private final List<Model> models;

    private record Model(String method, Pattern path, Schema schema) {}

    private BodyModels(List<Model> models) {
        this.models = models;
    }

    /** Those of a definition in OpenAPI 3.0. */
    static BodyModels of(JsonNode body) {
        var registry = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_4);
        return new BodyModels(
                body.path("paths").properties().stream()
                        .flatMap(path ->
                                path.getValue().properties().stream()
                                        .filter(one -> !names(one.getValue()).isEmpty())
                                        .map(one ->
                                                new Model(
                                                        one.getKey().toUpperCase(Locale.ROOT),
                                                        pattern(path.getKey()),
                                                        registry.getSchema(
                                                                schema(body, one.getValue())))))
                        .toList());
    }

    /** The models that an operation names, by media type. */
    static ObjectNode names(JsonNode operation) {
        var names = Json.object();
        operation
                .at("/requestBody/content")
                .properties()
                .forEach(content ->
                        names.put(
                                content.getKey(),
                                content.getValue()
                                        .at("/schema/$ref")
                                        .asText()
                                        .replace(REFERENCE, "")));
        return names;
    }

    /** The answer with the reasons in the place that its gateway response has for them. */
    Response explain(Request request, Response answer, String path) {
        if (answer.status() != 400 || !answer.text().contains(REASONS)) {
            return answer;
        }
        var reasons =
                models.stream()
                        .filter(model -> model.method().equals(request.method()))
                        .filter(model -> model.path().matcher(path).matches())
                        .map(model -> reasons(model.schema(), request.text()))
                        .collect(joining());
        return new Response(
                answer.status(),
                answer.headers(),
                answer.text().replace(REASONS, quoted(reasons)).getBytes(UTF_8));
    }

    private static String reasons(Schema schema, String body) {
        try {
            return schema.validate(Json.parse(body)).stream()
                    .map(error -> (error.getInstanceLocation() + " " + error.getMessage()).strip())
                    .collect(joining(", ", "[", "]"));
        } catch (IllegalArgumentException notJson) {
            return "[it is no JSON]";
        }
    }

    /** As the inside of a JSON string, which is how API Gateway puts it there. */
    private static String quoted(String reasons) {
        var quoted = TextNode.valueOf(reasons).toString();
        return quoted.substring(1, quoted.length() - 1);
    }

    private static JsonNode schema(JsonNode body, JsonNode operation) {
        return body.at(REFERENCE.substring(1) + names(operation).path("application/json").asText());
    }

    private static Pattern pattern(String path) {
        return Pattern.compile(Pattern.quote(path).replaceAll("\\{[^}]+}", "\\\\E[^/]+\\\\Q"));
    }
}
