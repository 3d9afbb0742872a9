package dev.efsautopilot.diagnosis;

import com.fasterxml.jackson.databind.JsonNode;
import dev.efsautopilot.json.Json;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The task execution role, with which the agent pulls images, reads secrets and writes logs before
 * any container starts (Amazon ECS Developer Guide, "Amazon ECS task execution IAM role").
 */
final class RoleChecks {

    private RoleChecks() {}

    static Finding executionRole(JsonNode definition, String launchType) {
        var role = Json.optionalText(definition, "executionRoleArn");
        if (role.isPresent()) {
            return Finding.ok(Check.EXECUTION_ROLE, role.get());
        }
        var fargate =
                launchType.equals("FARGATE")
                        || Json.texts(definition, "requiresCompatibilities").contains("FARGATE");
        return Json.list(definition, "containerDefinitions").stream()
                .flatMap(container -> needs(container, fargate))
                .findFirst()
                .map(need ->
                        Finding.broken(
                                Check.EXECUTION_ROLE,
                                "the task definition has no execution role, and " + need,
                                "register a revision: name an executionRoleArn with the policy"
                                        + " AmazonECSTaskExecutionRolePolicy"))
                .orElseGet(() -> Finding.ok(Check.EXECUTION_ROLE, "nothing needs one"));
    }

    private static Stream<String> needs(JsonNode container, boolean fargate) {
        var name = "container " + Json.text(container, "name");
        return Stream.of(
                        need(!container.path("secrets").isEmpty(), name + " has secrets"),
                        need(
                                container.path("repositoryCredentials").isObject(),
                                name + " has repository credentials"),
                        need(
                                fargate && Json.text(container, "image").contains(".dkr.ecr."),
                                name + " is pulled from a private ECR repository"),
                        need(
                                fargate
                                        && Json.text(
                                                        container.path("logConfiguration"),
                                                        "logDriver")
                                                .equals("awslogs"),
                                name + " logs with awslogs"))
                .flatMap(Optional::stream);
    }

    private static Optional<String> need(boolean so, String words) {
        return so ? Optional.of(words) : Optional.empty();
    }
}
