package dev.efsautopilot.local.it;

import java.util.HashMap;
import java.util.Map;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.lambda.LambdaClient;

/**
 * A function that is deployed with another setting, as an update of the stack does it: a new
 * version behind its alias, until this is closed.
 */
final class OtherSetting implements AutoCloseable {

    private static final String ALIAS = "live";

    private static final String ALLOWED = "other-setting";

    private final LambdaClient lambda;
    private final IamClient iam;
    private final String function;
    private final String before;

    /**
     * Deploys it.
     *
     * @param function its name without the stack's
     * @param variable the environment variable that the stack's parameter sets
     */
    OtherSetting(Site site, String function, String variable, String value) {
        this.lambda = site.aws().client(LambdaClient.builder());
        this.iam = site.aws().client(IamClient.builder());
        this.function = "ecs-efs-autopilot-" + function;
        this.before =
                lambda.getAlias(r -> r.functionName(this.function).name(ALIAS)).functionVersion();
        var variables =
                lambda.getFunctionConfiguration(r -> r.functionName(this.function))
                        .environment()
                        .variables();
        var others = new HashMap<>(variables);
        others.put(variable, value);
        set(others);
        point(lambda.publishVersion(r -> r.functionName(this.function)).version());
        set(variables);
        // Its first process takes a while, and what a test does then may not wait. It ignores this.
        new Wire(site).invoke(function, "{\"detail-type\": 0}");
    }

    private void set(Map<String, String> variables) {
        lambda.updateFunctionConfiguration(
                r -> r.functionName(function).environment(e -> e.variables(variables)));
    }

    private void point(String version) {
        lambda.updateAlias(r -> r.functionName(function).name(ALIAS).functionVersion(version));
    }

    /** The same, and what the template lets the function do then. */
    void allowing(String... actions) {
        iam.putRolePolicy(r ->
                r.roleName(role())
                        .policyName(ALLOWED)
                        .policyDocument(
                                """
                                {"Version": "2012-10-17", "Statement": [
                                  {"Effect": "Allow", "Action": ["%s"], "Resource": "*"}]}
                                """
                                        .formatted(String.join("\", \"", actions))));
    }

    private String role() {
        var arn = lambda.getFunctionConfiguration(r -> r.functionName(function)).role();
        return arn.substring(arn.lastIndexOf('/') + 1);
    }

    @Override
    public void close() {
        point(before);
        iam.listRolePolicies(r -> r.roleName(role())).policyNames().stream()
                .filter(ALLOWED::equals)
                .forEach(name -> iam.deleteRolePolicy(r -> r.roleName(role()).policyName(name)));
        iam.close();
        lambda.close();
    }
}
