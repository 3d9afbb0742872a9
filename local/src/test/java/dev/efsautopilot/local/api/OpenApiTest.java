package dev.efsautopilot.local.api;

import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.efsautopilot.json.Json;
import dev.efsautopilot.local.api.OpenApi.Route;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** {@code docs/openapi.yaml} and the API of {@code template.yaml} say the same. */
class OpenApiTest {

    private static final Path ROOT = Path.of(System.getProperty("autopilot.root", ".."));

    /**
     * What a model of API Gateway leaves out: words, and what its import does not take (Developer
     * Guide, "Amazon API Gateway important notes for REST APIs": maxItems and minItems).
     */
    private static final Set<String> NOT_IN_MODELS =
            Set.of("description", "default", "maxItems", "minItems");

    private final OpenApi api = OpenApi.of(ROOT);
    private final JsonNode template = OpenApi.yaml(ROOT.resolve("template.yaml"));

    @Test
    void every_route_of_the_one_is_a_route_of_the_other() {
        assertThat(events().keySet())
                .containsExactlyInAnyOrderElementsOf(
                        api.routes().stream().map(this::name).toList());
    }

    @Test
    void a_route_takes_the_same_parameters_in_both() {
        for (var route : api.routes()) {
            var inTemplate = Json.texts(event(route), "RequestParameters").stream().toList();

            assertThat(inTemplate)
                    .as(name(route))
                    .containsExactlyInAnyOrderElementsOf(
                            parameters(route)
                                    .filter(one -> !Json.text(one, "in").equals("path"))
                                    .map(OpenApiTest::parameter)
                                    .toList());
        }
    }

    @Test
    void every_parameter_of_a_path_is_described() {
        for (var route : api.routes()) {
            assertThat(
                            parameters(route)
                                    .filter(one -> Json.text(one, "in").equals("path"))
                                    .map(one -> "{" + Json.text(one, "name") + "}"))
                    .as(name(route))
                    .containsExactlyElementsOf(
                            Stream.of(route.path().split("/"))
                                    .filter(part -> part.startsWith("{"))
                                    .toList());
        }
    }

    @Test
    void api_gateway_checks_every_body_that_is_required_against_the_same_schema() {
        for (var route : api.routes()) {
            var body = route.operation().path("requestBody");
            var model = event(route).path("RequestModel");

            assertThat(model.isObject())
                    .as(name(route))
                    .isEqualTo(body.path("required").asBoolean());
            if (model.isObject()) {
                assertThat(Json.text(schema(body), "$ref"))
                        .isEqualTo("#/components/schemas/" + Json.text(model, "Model"));
                assertThat(model.path("ValidateBody").asText()).isEqualTo("true");
                assertThat(models().path(Json.text(model, "Model")))
                        .isEqualTo(model(api.resolved(schema(body))));
            }
        }
    }

    @Test
    void what_api_gateway_answers_itself_is_a_problem() {
        var responses = properties("Api").path("GatewayResponses");

        assertThat(responses.size()).isPositive();
        responses
                .properties()
                .forEach(response -> {
                    var text =
                            Json.text(
                                            response.getValue().path("ResponseTemplates"),
                                            "application/json")
                                    .replace("$context.error.messageString", "\"reason\"");
                    var status = response.getValue().path("StatusCode").asInt(400);

                    assertThat(
                                    api.violations(
                                            "POST",
                                            "/nfs-ingress",
                                            status,
                                            "application/problem+json",
                                            text))
                            .as(response.getKey())
                            .isEmpty();
                    assertThat(response.getValue().toString())
                            .contains("\"Content-Type\":\"'application/problem+json'\"");
                });
    }

    @Test
    void the_api_is_bounded_and_logged() {
        var settings = properties("Api").path("MethodSettings").path(0);

        assertThat(settings.path("ThrottlingRateLimit").asInt()).isBetween(1, 100);
        assertThat(settings.path("ThrottlingBurstLimit").asInt()).isBetween(1, 100);
        assertThat(properties("Api").path("AccessLogSetting").has("DestinationArn")).isTrue();
        assertThat(properties("Api").path("Auth").path("DefaultAuthorizer").asText())
                .isEqualTo("AWS_IAM");
    }

    @Test
    void every_reference_stands_for_something_and_every_schema_is_one() {
        assertThat(api.references())
                .isNotEmpty()
                .allSatisfy(reference ->
                        assertThat(api.document().at(reference.substring(1)).isMissingNode())
                                .isFalse());
        var meta =
                SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                        .getSchema(
                                com.networknt.schema.SchemaLocation.of(
                                        "https://json-schema.org/draft/2020-12/schema"));
        assertThat(api.document().at("/components/schemas").properties())
                .allSatisfy(schema -> assertThat(meta.validate(schema.getValue())).isEmpty());
    }

    @Test
    void every_route_has_a_name_of_its_own_and_says_what_it_answers() {
        assertThat(api.routes().stream().map(one -> Json.text(one.operation(), "operationId")))
                .doesNotHaveDuplicates()
                .allMatch(name -> !name.isBlank());
        assertThat(api.routes())
                .allSatisfy(one ->
                        assertThat(one.operation().path("responses").properties())
                                .extracting(Map.Entry::getKey)
                                .containsExactly("200", "default"));
    }

    @Test
    void an_answer_that_says_more_than_the_document_is_found_out() {
        var answer =
                "{\"subject\":\"a\",\"outcome\":\"done\",\"steps\":[],\"refused\":[],\"secret\":1}";

        assertThat(api.violations("POST", "/nfs-ingress", 200, "application/json", answer))
                .singleElement()
                .asString()
                .contains("secret");
    }

    /** The API events of the template, by method and path. */
    private Map<String, JsonNode> events() {
        return template.path("Resources")
                .valueStream()
                .flatMap(resource -> resource.path("Properties").path("Events").valueStream())
                .filter(event -> Json.text(event, "Type").equals("Api"))
                .map(event -> event.path("Properties"))
                .collect(
                        toMap(
                                event ->
                                        Json.text(event, "Method").toUpperCase(Locale.ROOT)
                                                + " "
                                                + Json.text(event, "Path"),
                                event -> event));
    }

    private JsonNode event(Route route) {
        return events().getOrDefault(name(route), Json.MAPPER.missingNode());
    }

    private String name(Route route) {
        return route.method() + " " + route.path();
    }

    private Stream<JsonNode> parameters(Route route) {
        return Json.list(route.operation(), "parameters").stream().map(api::resolved);
    }

    private static String parameter(JsonNode parameter) {
        var where = Json.text(parameter, "in").equals("query") ? "querystring" : "header";
        return "method.request." + where + "." + Json.text(parameter, "name");
    }

    private static JsonNode schema(JsonNode body) {
        return body.path("content").path("application/json").path("schema");
    }

    private JsonNode models() {
        return properties("Api").path("Models");
    }

    private JsonNode properties(String resource) {
        return template.path("Resources").path(resource).path("Properties");
    }

    /** A schema as a model has it. */
    private JsonNode model(JsonNode schema) {
        return switch (api.resolved(schema)) {
            case ObjectNode object -> {
                var kept = Json.MAPPER.createObjectNode();
                object.properties().stream()
                        .filter(field -> !NOT_IN_MODELS.contains(field.getKey()))
                        .forEach(field -> kept.set(field.getKey(), model(field.getValue())));
                yield kept;
            }
            case ArrayNode array -> {
                var kept = Json.MAPPER.createArrayNode();
                array.forEach(element -> kept.add(model(element)));
                yield kept;
            }
            case JsonNode value -> value;
        };
    }

    /** Kept beside the routes: whoever adds one sees what it needs. */
    @Test
    void the_document_is_an_openapi_of_the_version_that_it_names() {
        assertThat(Json.text(api.document(), "openapi")).isEqualTo("3.1.0");
        assertThat(List.of("info", "servers", "paths", "components", "security"))
                .allMatch(api.document()::has);
    }
}
