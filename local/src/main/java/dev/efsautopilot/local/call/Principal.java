package dev.efsautopilot.local.call;

/**
 * The role in which a function calls AWS.
 *
 * @param roleArn its execution role
 * @param functionName its name in Lambda, for example {@code ecs-efs-autopilot-volumes}
 */
public record Principal(String roleArn, String functionName) {}
