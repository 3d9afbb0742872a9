package dev.efsautopilot.local.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.efsautopilot.local.lambda.DeployedFunctions;
import dev.efsautopilot.local.lambda.FunctionVersion;
import dev.efsautopilot.local.stack.LocalAws;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.extension.ExtendWith;
import software.amazon.awssdk.services.cloudformation.CloudFormationClient;
import software.amazon.awssdk.services.cloudformation.model.Capability;
import software.amazon.awssdk.services.cloudformation.model.Parameter;
import software.amazon.awssdk.services.cloudformation.model.TemplateStage;

@ExtendWith(Site.Given.class)
@TestInstance(Lifecycle.PER_CLASS)
class SettingsIT {

    /**
     * A second stack with every option of an organization, whose rules hear a bus on which nobody
     * speaks. The emulator keeps neither keys nor boundaries: that it deploys is what is seen.
     */
    private static final String STACK = "settings";

    private static final List<String> FUNCTIONS =
            List.of("access-points", "volumes", "nfs-ingress", "task-rerun", "doctor", "sweep");

    private static final String KEY =
            "arn:aws:kms:eu-west-1:000000000000:key/0f1e2d3c-4b5a-6978-8796-a5b4c3d2e1f0";

    private static final String BOUNDARY = "arn:aws:iam::aws:policy/PowerUserAccess";

    private static final String TOPIC = "arn:aws:sns:eu-west-1:000000000000:alarms";

    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private final Site site;
    private final CloudFormationClient cloudFormation;

    SettingsIT(Site site) {
        this.site = site;
        this.cloudFormation = site.user().cloudFormation();
    }

    @BeforeAll
    void deploy() throws IOException, InterruptedException {
        site.user().events().createEventBus(r -> r.name(STACK));
        var template = uploaded(packagedTemplate());
        cloudFormation.createStack(r ->
                r.stackName(STACK)
                        .templateURL(template.toString())
                        .parameters(parameters("true"))
                        .capabilities(Capability.knownValues()));
        cloudFormation.waiter().waitUntilStackCreateComplete(r -> r.stackName(STACK));
    }

    @Test
    void a_changed_parameter_reaches_the_alias_of_each_function() {
        assertThat(FUNCTIONS).allSatisfy(name -> assertThat(manageEgress(name)).isEqualTo("true"));

        cloudFormation.updateStack(r ->
                r.stackName(STACK)
                        .usePreviousTemplate(true)
                        .parameters(parameters("false"))
                        .capabilities(Capability.knownValues()));
        cloudFormation.waiter().waitUntilStackUpdateComplete(r -> r.stackName(STACK));

        assertThat(FUNCTIONS).allSatisfy(name -> assertThat(manageEgress(name)).isEqualTo("false"));
    }

    @Test
    void requests_of_the_named_accounts_are_taken_on_the_named_bus_and_no_others() {
        var rule =
                site.user()
                        .events()
                        .describeRule(
                                r -> r.name(STACK + "-access-point-requested").eventBusName(STACK));

        assertThat(rule.eventPattern())
                .containsSubsequence("\"000000000000\"", "\"111111111111\"", "\"222222222222\"");
    }

    @Test
    void each_parameter_that_a_function_is_set_to_is_in_the_numbered_settings() throws IOException {
        var template = Files.readString(Site.ROOT.resolve("template.yaml"));
        var parameters = between(template, "\nParameters:\n", "\nConditions:\n");
        var environment = between(template, "\n    Environment:\n", "\nResources:\n");
        var settings = between(template, "      Content: !Sub |\n", "\n\n");

        var used = new TreeSet<>(names("!Ref (\\w+)", environment));
        used.retainAll(names("(?m)^  (\\w+):$", parameters));

        assertThat(used).hasSizeGreaterThan(5);
        assertThat(names("\\$\\{(\\w+)}", settings)).containsExactlyInAnyOrderElementsOf(used);
    }

    /** As {@code sam deploy} sent it: the code is where it put it. */
    private String packagedTemplate() {
        return cloudFormation
                .getTemplate(
                        r -> r.stackName("ecs-efs-autopilot").templateStage(TemplateStage.ORIGINAL))
                .templateBody();
    }

    /** Longer than a request may be, it goes into the bucket that the code is in. */
    private URI uploaded(String template) throws IOException, InterruptedException {
        var bucket = names("s3://([^/]+)/", template).getFirst();
        var object = site.aws().endpoint().resolve("/" + bucket + "/settings.yaml");
        var request =
                HttpRequest.newBuilder(object)
                        .header(
                                "Authorization",
                                "AWS4-HMAC-SHA256 Credential=local/20260101/%s/s3/aws4_request, SignedHeaders=host, Signature=0"
                                        .formatted(LocalAws.REGION))
                        .PUT(BodyPublishers.ofString(template))
                        .build();
        assertThat(HTTP.send(request, BodyHandlers.ofString()).statusCode()).isEqualTo(200);
        return object;
    }

    private String manageEgress(String function) {
        var version = new FunctionVersion(STACK + "-" + function, "live");
        return new DeployedFunctions(site.aws().endpoint(), LocalAws.REGION)
                .describe(version)
                .environment()
                .getOrDefault("MANAGE_EGRESS", "unset");
    }

    private List<Parameter> parameters(String manageEgress) {
        return Map.of(
                        "ManageEgress", manageEgress,
                        "EventBusName", STACK,
                        "EndpointUrl", site.aws().endpoint().toString(),
                        "KmsKeyArn", KEY,
                        "PermissionsBoundary", BOUNDARY,
                        "SubnetIds", site.user().subnets().getFirst().subnetId(),
                        "SecurityGroupIds", "sg-0123456789abcdef0",
                        "AlarmTopic", TOPIC,
                        "RequestAccounts", "111111111111,222222222222")
                .entrySet()
                .stream()
                .map(e ->
                        Parameter.builder()
                                .parameterKey(e.getKey())
                                .parameterValue(e.getValue())
                                .build())
                .toList();
    }

    private static List<String> names(String pattern, String text) {
        return Pattern.compile(pattern).matcher(text).results().map(SettingsIT::first).toList();
    }

    private static String first(MatchResult result) {
        return result.group(1);
    }

    private static String between(String text, String begin, String end) {
        var from = text.indexOf(begin) + begin.length();
        return text.substring(from, text.indexOf(end, from));
    }
}
