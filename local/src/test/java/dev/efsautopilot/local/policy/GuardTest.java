package dev.efsautopilot.local.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.efsautopilot.local.call.AwsCall;
import dev.efsautopilot.local.call.Caller;
import dev.efsautopilot.local.call.FakeMiniStack;
import dev.efsautopilot.local.call.Json;
import dev.efsautopilot.local.call.Principal;
import dev.efsautopilot.local.call.Request;
import dev.efsautopilot.local.policy.Statement.Grant;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class GuardTest {

    private static final Caller SWEEP =
            new Caller.Function(
                    "123456789012",
                    "ASIALOCALSWEEPXXXXXX",
                    new Principal("arn:aws:iam::123456789012:role/sweep", "stack-sweep"));
    private static final Caller PERSON = new Caller.User("123456789012", "test");

    private final FakeMiniStack ministack = new FakeMiniStack();
    private final Guard guard = new Guard(ministack.upstream());

    @BeforeEach
    void deploy() {
        deploy("ecs:ListClusters");
    }

    @AfterEach
    void stop() {
        ministack.close();
    }

    @Test
    void what_the_policy_allows_passes_and_is_noted_as_used() {
        assertThat(guard.refusal(call(SWEEP, "ecs", "ListClusters"))).isEmpty();

        assertThat(guard.audits())
                .singleElement()
                .satisfies(audit ->
                        assertThat(audit.used())
                                .containsExactly(new Grant("A", "ecs:ListClusters", "*")));
        assertThat(guard.refused()).isEmpty();
    }

    @Test
    void what_it_does_not_allow_is_denied_in_the_services_words_and_remembered() {
        var denied = guard.refusal(call(SWEEP, "ecs", "DeleteCluster")).orElseThrow();

        assertThat(denied.errorCode()).isEqualTo("AccessDeniedException");
        assertThat(denied.errorMessage()).contains("role/sweep", "ecs:DeleteCluster");
        assertThat(guard.refused()).singleElement().asString().startsWith("stack-sweep: ");
    }

    @Test
    void a_person_may_do_all() {
        assertThat(guard.refusal(call(PERSON, "ecs", "DeleteCluster"))).isEmpty();
    }

    @Test
    void a_policy_is_read_once_until_somebody_deploys() {
        guard.refusal(call(SWEEP, "ecs", "ListClusters"));
        deploy("ecs:DeleteCluster");
        assertThat(guard.refusal(call(SWEEP, "ecs", "ListClusters"))).isEmpty();

        guard.refusal(call(PERSON, "cloudformation", "DescribeStacks"));

        assertThat(guard.refusal(call(SWEEP, "ecs", "ListClusters"))).isPresent();
        assertThat(ministack.asked("ListRolePolicies")).hasSize(2);
    }

    private void deploy(String action) {
        var document =
                """
                {"Statement": [{"Sid": "A", "Effect": "Allow", "Action": "%s", "Resource": "*"}]}
                """
                        .formatted(action);
        ministack.on(
                "ListRolePolicies", _ -> "<A><PolicyNames><member>p</member></PolicyNames></A>");
        ministack.on(
                "GetRolePolicy",
                _ ->
                        "<A><PolicyDocument>%s</PolicyDocument></A>"
                                .formatted(URLEncoder.encode(document, StandardCharsets.UTF_8)));
    }

    private static AwsCall call(Caller caller, String service, String operation) {
        return new AwsCall(
                service,
                operation,
                Json.object(),
                caller,
                "eu-west-1",
                new Request("POST", "/", "", Map.of(), new byte[0]));
    }
}
