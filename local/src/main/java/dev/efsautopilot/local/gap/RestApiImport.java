package dev.efsautopilot.local.gap;

import com.fasterxml.jackson.databind.JsonNode;
import dev.efsautopilot.local.call.AwsCall;
import dev.efsautopilot.local.call.Json;
import dev.efsautopilot.local.call.Response;
import dev.efsautopilot.local.call.Upstream;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import java.util.regex.Pattern;

/**
 * "When the validation fails, API Gateway immediately fails the request, returns a 400 error
 * response to the caller" (Amazon API Gateway Developer Guide, Request validation for REST APIs),
 * by the models and validators of the imported definition, in the words of its gateway responses.
 * MiniStack does all that, but takes only routes, integrations and authorization out of a
 * definition: what it left is given to it when the stage is called first.
 */
public final class RestApiImport implements Gap {
    private static final Pattern STAGE = Pattern.compile("/_aws/execute-api/([^/]+)/([^/]+)(/.*)?");

    private final Upstream upstream;
    private final ReentrantLock oneAtATime = new ReentrantLock();
    private final Map<String, Imported> imported = new HashMap<>();

    /** A stage with all of its definition, by the deployment that has it. */
    private record Imported(String deployment, BodyModels models) {}

    public RestApiImport(Upstream upstream) {
        this.upstream = upstream;
    }

    @Override
    public Response answer(AwsCall call, Next next) {
        var called = STAGE.matcher(call.request().path());
        if (!called.matches()) {
            return next.pass(call);
        }
        var models = models(called.group(1), called.group(2));
        return models.explain(call.request(), next.pass(call), called.group(3));
    }

    private BodyModels models(String api, String stage) {
        oneAtATime.lock();
        try {
            var is = upstream.rest("apigateway", "GET", stage(api, stage), Json.object());
            var deployment = is.path("deploymentId").asText();
            var known = imported.get(api + "/" + stage);
            if (known == null || !known.deployment().equals(deployment)) {
                known = complete(api, stage);
                imported.put(api + "/" + stage, known);
            }
            return known.models();
        } finally {
            oneAtATime.unlock();
        }
    }

    private Imported complete(String api, String stage) {
        var body = body(api);
        var deployment = new RestApiDefinition(upstream, api, body).deploy(stage);
        return new Imported(deployment, BodyModels.of(body));
    }

    /** The definition as the stack that made the API has it; missing for an API of no stack. */
    private JsonNode body(String api) {
        var tags = upstream.rest("apigateway", "GET", "/restapis/" + api, Json.object());
        var stack = tags.path("tags").path("aws:cloudformation:stack-name").asText();
        var template =
                upstream.cloudFormation(
                        "GetTemplate", Map.of("StackName", stack, "TemplateStage", "Processed"));
        return Json.parse(template.at("/GetTemplateResult/TemplateBody").asText())
                .path("Resources")
                .path(tags.path("tags").path("aws:cloudformation:logical-id").asText())
                .path("Properties")
                .path("Body");
    }

    private static String stage(String api, String stage) {
        return "/restapis/" + api + "/stages/" + stage;
    }
}
