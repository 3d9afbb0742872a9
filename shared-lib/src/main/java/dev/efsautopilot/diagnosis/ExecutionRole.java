package dev.efsautopilot.diagnosis;

import com.fasterxml.jackson.databind.JsonNode;
import dev.efsautopilot.aws.Iam;
import dev.efsautopilot.json.Json;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A task execution role as it is.
 *
 * @param trusted whether ECS may assume it
 * @param lacking what it needs and is surely not allowed
 */
public record ExecutionRole(boolean trusted, List<RoleNeed> lacking) {

    /** Who assumes it, in the words of its trust policy. */
    static final String ECS = "ecs-tasks.amazonaws.com";

    /**
     * Reads it: one call, and one more for each service that is needed, of which there are four.
     *
     * @return empty where there is no such role, and where none is named
     */
    static Optional<ExecutionRole> read(Iam iam, JsonNode definition, boolean fargate) {
        return Json.optionalText(definition, "executionRoleArn")
                .flatMap(arn ->
                        iam.trust(arn.substring(arn.lastIndexOf('/') + 1))
                                .map(trust ->
                                        new ExecutionRole(
                                                trusts(trust),
                                                lacking(
                                                        iam,
                                                        arn,
                                                        RoleNeed.of(definition, fargate)))));
    }

    private static List<RoleNeed> lacking(Iam iam, String arn, List<RoleNeed> needs) {
        return needs.stream()
                .collect(
                        Collectors.groupingBy(RoleNeed::service, TreeMap::new, Collectors.toList()))
                .values()
                .stream()
                .flatMap(ofService -> lackingOf(iam, arn, ofService))
                .toList();
    }

    private static Stream<RoleNeed> lackingOf(Iam iam, String arn, List<RoleNeed> ofService) {
        var actions = ofService.getFirst().actions();
        var resources = ofService.stream().map(RoleNeed::resource).distinct().toList();
        return iam
                .lacking(arn, actions, resources)
                .filter(lacking -> !lacking.isEmpty())
                .map(lacking ->
                        new RoleNeed(
                                ofService.getFirst().why(),
                                List.copyOf(lacking),
                                resources.getFirst()))
                .stream();
    }

    private static boolean trusts(JsonNode policy) {
        return each(policy.path("Statement"))
                .filter(statement -> Json.text(statement, "Effect").equals("Allow"))
                .filter(statement ->
                        each(statement.path("Action"))
                                .anyMatch(action ->
                                        action.asText().matches("(?i)sts:(AssumeRole|\\*)|\\*")))
                .flatMap(statement -> each(statement.path("Principal").path("Service")))
                .anyMatch(service -> service.asText().equals(ECS));
    }

    private static Stream<JsonNode> each(JsonNode node) {
        return node.isArray() ? node.valueStream() : Stream.of(node);
    }
}
