package dev.efsautopilot.local.gap;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.efsautopilot.local.call.AwsCall;
import dev.efsautopilot.local.call.Json;
import dev.efsautopilot.local.call.Response;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A task definition comes back whole: "The full task definition description." (Amazon ECS API
 * Reference, DescribeTaskDefinition), with every field it was registered with and none it lacked.
 * Its tags come with {@code include}: "If TAGS is specified, the tags are included in the response.
 * If this field is omitted, tags aren't included in the response." ListTaskDefinitions lists one
 * family: its familyPrefix is "The full family name to filter the ListTaskDefinitions results
 * with."
 */
public final class TaskDefinitions implements Gap {
    private final Map<String, ObjectNode> registered = new ConcurrentHashMap<>();

    @Override
    public Response answer(AwsCall call, Next next) {
        if (!call.service().equals("ecs")) {
            return next.pass(call);
        }
        return switch (call.operation()) {
            case "RegisterTaskDefinition" -> register(call, next);
            case "DescribeTaskDefinition" -> whole(next.pass(call), includesTags(call));
            case "DeregisterTaskDefinition" -> whole(next.pass(call), false);
            case "ListTaskDefinitions" ->
                    ofFamily(next.pass(call), call.parameters().path("familyPrefix").asText());
            default -> next.pass(call);
        };
    }

    private Response register(AwsCall call, Next next) {
        var problem = VolumeRules.problem(call.parameters());
        if (problem.isPresent()) {
            return Response.jsonError("ClientException", problem.get());
        }
        var response = next.pass(call);
        if (!response.ok()) {
            return response;
        }
        var made = response.document().path("taskDefinition");
        var fields = call.parameters().deepCopy();
        fields.remove("tags");
        // MiniStack's containers have the defaults of AWS already.
        fields.remove("containerDefinitions");
        fields.put("registeredBy", call.caller().arn());
        registered.put(made.path("taskDefinitionArn").asText(), fields);
        return whole(response, call.parameters().has("tags"));
    }

    private Response whole(Response response, boolean withTags) {
        if (!response.ok()) {
            return response;
        }
        var document = response.document();
        var made = document.path("taskDefinition");
        var fields =
                registered.getOrDefault(made.path("taskDefinitionArn").asText(), Json.object());
        var answer = Json.object();
        answer.set("taskDefinition", RegisteredTaskDefinition.of(made, fields));
        if (withTags) {
            answer.set("tags", document.path("tags"));
        }
        return Response.json(200, answer);
    }

    /** MiniStack lists every family that begins so. */
    private static Response ofFamily(Response response, String family) {
        if (!response.ok() || family.isEmpty()) {
            return response;
        }
        var document = Json.copy(response.document());
        var ofFamily = document.putArray("taskDefinitionArns");
        Json.strings(response.document().path("taskDefinitionArns"))
                .filter(arn -> arn.contains("/" + family + ":"))
                .forEach(ofFamily::add);
        return Response.json(200, document);
    }

    private static boolean includesTags(AwsCall call) {
        return Json.strings(call.parameters().path("include")).anyMatch("TAGS"::equals);
    }
}
