package dev.efsautopilot.diagnosis;

import com.fasterxml.jackson.databind.JsonNode;
import dev.efsautopilot.json.Json;

/** The task execution role: named where something needs one, there, and allowed what is needed. */
final class RoleChecks {

    private RoleChecks() {}

    static Finding executionRole(TaskFacts facts, JsonNode definition) {
        return Json.optionalText(definition, "executionRoleArn")
                .map(arn ->
                        Finding.of(
                                Check.EXECUTION_ROLE,
                                facts.executionRole(),
                                found ->
                                        found.map(role -> named(arn, role))
                                                .orElseGet(() -> missing(arn))))
                .orElseGet(() -> unnamed(facts, definition));
    }

    /** Whether a task is started by Fargate, or may be. */
    static boolean onFargate(String launchType, JsonNode definition) {
        return launchType.equals("FARGATE")
                || Json.texts(definition, "requiresCompatibilities").contains("FARGATE");
    }

    private static Finding unnamed(TaskFacts facts, JsonNode definition) {
        return RoleNeed.of(definition, onFargate(facts.task().launchType(), definition)).stream()
                .findFirst()
                .map(need ->
                        Finding.broken(
                                Check.EXECUTION_ROLE,
                                "the task definition has no execution role, and " + need.why(),
                                "register a revision: name an executionRoleArn with the policy"
                                        + " AmazonECSTaskExecutionRolePolicy"))
                .orElseGet(() -> Finding.ok(Check.EXECUTION_ROLE, "nothing needs one"));
    }

    private static Finding missing(String arn) {
        return Finding.broken(
                Check.EXECUTION_ROLE,
                arn + " does not exist",
                "aws iam create-role --role-name %s --assume-role-policy-document '%s', with the policy AmazonECSTaskExecutionRolePolicy"
                        .formatted(name(arn), trust()));
    }

    private static Finding named(String arn, ExecutionRole role) {
        if (!role.trusted()) {
            return Finding.broken(
                    Check.EXECUTION_ROLE,
                    arn + " does not let " + ExecutionRole.ECS + " assume it",
                    "aws iam update-assume-role-policy --role-name %s --policy-document '%s'"
                            .formatted(name(arn), trust()));
        }
        return role.lacking().stream()
                .findFirst()
                .map(need ->
                        Finding.broken(
                                Check.EXECUTION_ROLE,
                                "%s lacks %s, and %s"
                                        .formatted(
                                                arn, String.join(" ", need.actions()), need.why()),
                                "aws iam put-role-policy --role-name %s --policy-name %s --policy-document '%s'"
                                        .formatted(name(arn), need.service(), statement(need))))
                .orElseGet(() ->
                        Finding.ok(
                                Check.EXECUTION_ROLE,
                                arn + " is there, and allowed what the agent needs of it"));
    }

    private static String statement(RoleNeed need) {
        return policy(
                "\"Action\":[\"%s\"],\"Resource\":\"%s\""
                        .formatted(String.join("\",\"", need.actions()), need.resource()));
    }

    private static String trust() {
        return policy(
                "\"Principal\":{\"Service\":\"%s\"},\"Action\":\"sts:AssumeRole\""
                        .formatted(ExecutionRole.ECS));
    }

    private static String policy(String allowed) {
        return "{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\",%s}]}"
                .formatted(allowed);
    }

    private static String name(String arn) {
        return arn.substring(arn.lastIndexOf('/') + 1);
    }
}
