package dev.efsautopilot.local.gap;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.efsautopilot.local.call.Json;
import dev.efsautopilot.local.call.Upstream;
import java.util.Locale;
import java.util.Map;

/**
 * What a definition in OpenAPI 3.0 says beside its routes, put into a REST API by the calls that do
 * the same one by one (Amazon API Gateway Developer Guide, OpenAPI extensions for API Gateway).
 */
final class RestApiDefinition {
    private static final String VALIDATOR = "x-amazon-apigateway-request-validator";
    private static final Map<String, String> PLACES =
            Map.of("query", "querystring", "header", "header", "path", "path");

    private final Upstream upstream;
    private final String path;
    private final JsonNode body;

    /**
     * @param api its id
     * @param body the definition; a missing one says nothing
     */
    RestApiDefinition(Upstream upstream, String api, JsonNode body) {
        this.upstream = upstream;
        this.path = "/restapis/" + api;
        this.body = body;
    }

    /** Puts all of it there, and deploys it to the stage; the deployment's id. */
    String deploy(String stage) {
        models();
        methods(validators());
        gatewayResponses();
        var made = Json.object().put("stageName", stage);
        return call("POST", "/deployments", made).path("id").asText();
    }

    private void models() {
        body.at("/components/schemas")
                .properties()
                .forEach(schema ->
                        call(
                                "POST",
                                "/models",
                                Json.object()
                                        .put("name", schema.getKey())
                                        .put("contentType", "application/json")
                                        .put("schema", schema.getValue().toString())));
    }

    /** Their ids by name. */
    private ObjectNode validators() {
        var ids = Json.object();
        body.path(VALIDATOR + "s")
                .properties()
                .forEach(validator -> {
                    var made = Json.copy(validator.getValue()).put("name", validator.getKey());
                    ids.set(
                            validator.getKey(),
                            call("POST", "/requestvalidators", made).path("id"));
                });
        return ids;
    }

    private void methods(ObjectNode validators) {
        var resources = call("GET", "/resources?limit=500", Json.object()).path("item");
        for (var resource : resources) {
            body.path("paths")
                    .path(resource.path("path").asText())
                    .properties()
                    .forEach(operation ->
                            call(
                                    "PATCH",
                                    "/resources/%s/methods/%s"
                                            .formatted(
                                                    resource.path("id").asText(),
                                                    operation.getKey().toUpperCase(Locale.ROOT)),
                                    patch(operation.getValue(), validators)));
        }
    }

    private ObjectNode patch(JsonNode operation, ObjectNode validators) {
        var patch = Json.object();
        var name = operation.path(VALIDATOR).asText(body.path(VALIDATOR).asText());
        replace(patch, "/requestValidatorId", validators.path(name));
        replace(patch, "/requestParameters", parameters(operation));
        replace(patch, "/requestModels", BodyModels.names(operation));
        return patch;
    }

    private static void replace(ObjectNode patch, String what, JsonNode value) {
        if (!value.isMissingNode() && !value.isNull()) {
            patch.withArrayProperty("patchOperations")
                    .addObject()
                    .put("op", "replace")
                    .put("path", what)
                    .set("value", value);
        }
    }

    private static ObjectNode parameters(JsonNode operation) {
        var parameters = Json.object();
        for (var parameter : operation.path("parameters")) {
            var place = PLACES.get(parameter.path("in").asText());
            parameters.put(
                    "method.request." + place + "." + parameter.path("name").asText(),
                    parameter.path("required").asBoolean());
        }
        return parameters;
    }

    private void gatewayResponses() {
        body.path("x-amazon-apigateway-gateway-responses")
                .properties()
                .forEach(response ->
                        call("PUT", "/gatewayresponses/" + response.getKey(), response.getValue()));
    }

    private JsonNode call(String method, String what, JsonNode content) {
        return upstream.rest("apigateway", method, path + what, content);
    }
}
