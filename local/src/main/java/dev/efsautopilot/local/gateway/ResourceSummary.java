package dev.efsautopilot.local.gateway;

import com.fasterxml.jackson.databind.JsonNode;
import dev.efsautopilot.local.call.AwsCall;
import dev.efsautopilot.local.call.Json;
import dev.efsautopilot.local.call.Response;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What a call was about, in a few words for a person. */
final class ResourceSummary {
    private static final Set<String> READ =
            Set.of("ecs", "ec2", "elasticfilesystem", "scheduler", "events", "dynamodb");
    private static final List<String> IN_PARAMETERS =
            List.of(
                    "/taskDefinition",
                    "/family",
                    "/serviceName",
                    "/service",
                    "/task",
                    "/resourceArn",
                    "/groupId",
                    "/FileSystemId",
                    "/MountTargetId",
                    "/AccessPointId",
                    "/ResourceId",
                    "/Name",
                    "/Item/pk/S",
                    "/Key/pk/S",
                    "/TableName",
                    "/clusterName",
                    "/Entries/0/DetailType");
    private static final List<String> IN_ANSWER =
            List.of(
                    "/tasks/0/taskArn",
                    "/taskDefinition/taskDefinitionArn",
                    "/AccessPointId",
                    "/MountTargetId",
                    "/FileSystemId",
                    "/groupId",
                    "/service/serviceArn");

    private ResourceSummary() {}

    static String of(AwsCall call, Response response) {
        if (!READ.contains(call.service())) {
            return "";
        }
        var answer = call.isWrite() ? response.document() : Json.object();
        return Stream.concat(first(call.parameters(), IN_PARAMETERS), first(answer, IN_ANSWER))
                .map(text -> text.replaceAll("^arn:[^/]*/", ""))
                .distinct()
                .collect(Collectors.joining(" → "));
    }

    private static Stream<String> first(JsonNode document, List<String> paths) {
        return paths.stream()
                .map(path -> document.at(path).asText())
                .filter(text -> !text.isEmpty())
                .limit(1);
    }
}
