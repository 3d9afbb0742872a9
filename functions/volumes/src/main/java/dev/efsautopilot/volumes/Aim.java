package dev.efsautopilot.volumes;

import com.fasterxml.jackson.databind.JsonNode;
import dev.efsautopilot.event.ApiCall;
import dev.efsautopilot.json.Json;
import java.util.Set;

/** What an API call is about, by what its event says. */
sealed interface Aim {

    /**
     * A task definition.
     *
     * @param reference its ARN
     * @param deployed whether services may be on it already
     */
    record Definition(String reference, boolean deployed) implements Aim {}

    /**
     * A service, and the revision that it is on.
     *
     * @param cluster name or ARN
     * @param service name or ARN
     */
    record Deployed(String cluster, String service) implements Aim {}

    /** Nothing of ours. */
    record Nothing(String why) implements Aim {}

    /** The tags that we write ourselves: they ask for nothing. */
    Set<String> OURS =
            Set.of(
                    "efs-autopilot/status",
                    "efs-autopilot/rerun-status",
                    "efs-autopilot/derived",
                    "efs-autopilot/source");

    /**
     * What a call is about.
     *
     * @param ownRole what the names of this function's own role begin with
     */
    static Aim of(ApiCall call, String ownRole) {
        if (call.errorCode().isPresent()) {
            return new Nothing("the call failed");
        }
        if (call.callerRoleArn().filter(role -> role.contains(":role/" + ownRole)).isPresent()) {
            return new Nothing("the call was our own");
        }
        return switch (call.eventName()) {
            case "RegisterTaskDefinition" ->
                    definition(
                            Json.text(call.response().path("taskDefinition"), "taskDefinitionArn"),
                            false);
            case "TagResource" -> tagged(call.request());
            case "CreateService", "UpdateService" -> deployed(call);
            case String other -> new Nothing("a call of " + other);
        };
    }

    private static Aim definition(String reference, boolean deployed) {
        return reference.isBlank()
                ? new Nothing("the call names no task definition")
                : new Definition(reference, deployed);
    }

    private static Aim tagged(JsonNode request) {
        var arn = Json.text(request, "resourceArn");
        var asks =
                Json.list(request, "tags").stream()
                        .map(tag -> Json.text(tag, "key"))
                        .anyMatch(key -> key.startsWith("efs-autopilot/") && !OURS.contains(key));
        if (!asks) {
            return new Nothing("no tag of ours was put");
        }
        if (arn.contains(":task-definition/")) {
            return definition(arn, true);
        }
        // arn:aws:ecs:region:account:service/cluster/name
        var parts = arn.split("/", -1);
        return arn.contains(":service/") && parts.length == 3
                ? new Deployed(parts[1], arn)
                : new Nothing("neither a task definition nor a service was tagged");
    }

    /** An update that only scales is about no task definition. */
    private static Aim deployed(ApiCall call) {
        if (Json.text(call.request(), "taskDefinition").isBlank()) {
            return new Nothing("the call deploys no task definition");
        }
        var service = Json.object(call.response(), "service");
        var cluster =
                Json.optionalText(service, "clusterArn")
                        .or(() -> Json.optionalText(call.request(), "cluster"))
                        .orElse("default");
        return Json.optionalText(service, "serviceArn")
                .or(() -> Json.optionalText(call.request(), "service"))
                .or(() -> Json.optionalText(call.request(), "serviceName"))
                .<Aim>map(name -> new Deployed(cluster, name))
                .orElseGet(() -> new Nothing("the call names no service"));
    }
}
