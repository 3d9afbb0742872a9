package dev.efsautopilot.event;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.efsautopilot.json.Json;
import dev.efsautopilot.plan.Refusal;
import dev.efsautopilot.plan.Result;
import java.net.URLDecoder;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A call through API Gateway's Lambda proxy integration: body, path and query as one request, in
 * which each field is said once.
 */
final class HttpCall {

    /** What a body may be: the largest request that the API knows has a tenth of it. */
    static final int MOST_BYTES = 65_536;

    private static final ObjectReader STRICT =
            Json.MAPPER
                    .reader()
                    .with(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                    .with(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY);

    private static final String QUERY = "queryStringParameters";
    private static final String PATH = "pathParameters";

    private HttpCall() {}

    /** What is asked for. */
    static Result<ObjectNode> request(JsonNode event) {
        var repeated =
                Json.object(event, "multiValueQueryStringParameters").properties().stream()
                        .filter(parameter -> parameter.getValue().size() > 1)
                        .map(Map.Entry::getKey)
                        .findFirst();
        return repeated.isPresent()
                ? Result.refused(twice(repeated.get()))
                : body(Json.text(event, "body")).then(body -> merged(event, body));
    }

    private static Result<ObjectNode> body(String text) {
        if (text.getBytes(UTF_8).length > MOST_BYTES) {
            return Result.refused(
                    new Refusal(
                            Refusal.Kind.TOO_LARGE,
                            "body",
                            "it has more than " + MOST_BYTES + " bytes",
                            "send less"));
        }
        if (text.isBlank()) {
            return Result.ok(Json.MAPPER.createObjectNode());
        }
        try {
            return STRICT.readTree(text) instanceof ObjectNode request
                    ? Result.ok(request)
                    : Result.refused(noObject("it is no JSON object"));
        } catch (JsonProcessingException e) {
            return Result.refused(noObject("it is no JSON: " + e.getOriginalMessage()));
        }
    }

    private static Refusal noObject(String problem) {
        return Refusal.invalid("body", problem, "send one JSON object");
    }

    private static Result<ObjectNode> merged(JsonNode event, ObjectNode request) {
        Optional<String> twice = Optional.empty();
        for (var where : List.of(QUERY, PATH)) {
            for (var parameter : Json.object(event, where).properties()) {
                if (request.has(parameter.getKey())) {
                    twice = Optional.of(parameter.getKey());
                }
                var text = parameter.getValue().asText();
                request.put(parameter.getKey(), where.equals(PATH) ? decoded(text) : text);
            }
        }
        return twice.<Result<ObjectNode>>map(field -> Result.refused(twice(field)))
                .orElseGet(() -> Result.ok(request));
    }

    private static Refusal twice(String field) {
        return Refusal.invalid(field, "it is said twice", "say it once: in path, query or body");
    }

    /** API Gateway leaves the parameters of the path encoded, and decodes those of the query. */
    private static String decoded(String text) {
        try {
            return URLDecoder.decode(text.replace("+", "%2B"), UTF_8);
        } catch (IllegalArgumentException _) {
            return text;
        }
    }
}
