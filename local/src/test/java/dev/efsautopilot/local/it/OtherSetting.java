package dev.efsautopilot.local.it;

import dev.efsautopilot.local.stack.LocalAws;
import java.util.HashMap;
import java.util.Map;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.lambda.LambdaClient;

/**
 * A function that is deployed with another setting, as an update of the stack does it: a new
 * version behind its alias, until this is closed.
 */
final class OtherSetting implements AutoCloseable {

    private static final String ALIAS = "live";

    private final LambdaClient lambda;
    private final String function;
    private final String before;

    /**
     * Deploys it.
     *
     * @param function its name without the stack's
     * @param variable the environment variable that the stack's parameter sets
     */
    OtherSetting(Site site, String function, String variable, String value) {
        this.lambda =
                LambdaClient.builder()
                        .endpointOverride(site.aws().endpoint())
                        .region(Region.of(LocalAws.REGION))
                        .credentialsProvider(
                                StaticCredentialsProvider.create(
                                        AwsBasicCredentials.create("test", "test")))
                        .httpClient(UrlConnectionHttpClient.create())
                        .build();
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
    }

    private void set(Map<String, String> variables) {
        lambda.updateFunctionConfiguration(
                r -> r.functionName(function).environment(e -> e.variables(variables)));
    }

    private void point(String version) {
        lambda.updateAlias(r -> r.functionName(function).name(ALIAS).functionVersion(version));
    }

    @Override
    public void close() {
        point(before);
        lambda.close();
    }
}
