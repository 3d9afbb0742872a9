package dev.efsautopilot.local.gap;

import static org.assertj.core.api.Assertions.assertThat;

import dev.efsautopilot.local.call.FakeMiniStack;
import dev.efsautopilot.local.call.Form;
import dev.efsautopilot.local.call.Response;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PolicySimulationTest {
    private static final String KEY = "elasticfilesystem:AccessPointArn";
    private static final String MOUNT = "elasticfilesystem:ClientMount";

    private final FakeMiniStack ministack = new FakeMiniStack();
    private final PolicySimulation gap = new PolicySimulation(ministack.upstream());

    @AfterEach
    void stop() {
        ministack.close();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Allow | *    | elasticfilesystem:AccessPointArn | ap-1 | allowed",
                "Allow | *    | elasticfilesystem:accesspointARN | ap-1 | allowed",
                "Allow | *    | elasticfilesystem:AccessPointArn | ap-2 | implicitDeny",
                "Allow | *    | aws:SecureTransport              | true | implicitDeny",
                "Allow | fs-1 | elasticfilesystem:AccessPointArn | ap-1 | allowed",
                "Allow | fs-2 | elasticfilesystem:AccessPointArn | ap-1 | implicitDeny",
                "Deny  | *    | elasticfilesystem:AccessPointArn | ap-1 | explicitDeny",
                "Deny  | *    | elasticfilesystem:AccessPointArn | ap-2 | implicitDeny"
            })
    void a_decision_is_of_the_roles_policy_and_the_requests_context(
            String effect, String resource, String key, String value, String decision) {
        inline(
                """
                {"Statement": {"Effect": "%s", "Action": "elasticfilesystem:Client*",
                  "Resource": "%s", "Condition": {"StringEquals": {"%s": "ap-1"}}}}
                """
                        .formatted(effect, resource, KEY));

        assertThat(simulated(key, value).text())
                .contains(
                        "<EvalActionName>" + MOUNT + "</EvalActionName>",
                        "<EvalDecision>" + decision + "</EvalDecision>");
    }

    @Test
    void a_key_that_the_request_has_not_is_named_as_missing() {
        inline(
                """
                {"Statement": {"Effect": "Allow", "Action": "*", "Resource": "*", "Condition":
                  {"StringEquals": {"elasticfilesystem:AccessPointArn": "ap-1"}}}}
                """);

        assertThat(simulated("aws:SecureTransport", "true").text())
                .contains("<MissingContextValues><member>" + KEY + "</member>");
        assertThat(simulated(KEY, "ap-1").text()).contains("<MissingContextValues></");
    }

    @Test
    void an_attached_policy_counts_like_an_inline_one() {
        ministack.on("ListRolePolicies", _ -> "<A/>");
        ministack.on("ListAttachedRolePolicies", _ -> "<A><PolicyArn>arn:p</PolicyArn></A>");
        ministack.on("GetPolicy", _ -> "<A><DefaultVersionId>v1</DefaultVersionId></A>");
        ministack.on(
                "GetPolicyVersion",
                _ ->
                        "<A><Document>%s</Document></A>"
                                .formatted(
                                        encoded(
                                                """
                                                {"Statement": {"Effect": "Allow", "Action": "*",
                                                  "Resource": "*"}}
                                                """)));

        assertThat(simulated(KEY, "ap-1").text()).contains("allowed");
    }

    private void inline(String document) {
        ministack.on("ListRolePolicies", _ -> "<A><member>p</member></A>");
        ministack.on(
                "GetRolePolicy",
                _ -> "<A><PolicyDocument>%s</PolicyDocument></A>".formatted(encoded(document)));
    }

    private static String encoded(String document) {
        return URLEncoder.encode(document, StandardCharsets.UTF_8);
    }

    private Response simulated(String key, String value) {
        var form = new LinkedHashMap<String, String>();
        form.put("PolicySourceArn", "arn:aws:iam::000000000000:role/app");
        form.put("ActionNames.member.1", MOUNT);
        form.put("ResourceArns.member.1", "fs-1");
        form.putAll(
                Map.of(
                        "ContextEntries.member.1.ContextKeyName",
                        key,
                        "ContextEntries.member.1.ContextKeyType",
                        "string",
                        "ContextEntries.member.1.ContextKeyValues.member.1",
                        value));
        var call = Calls.form("iam", "SimulatePrincipalPolicy", Calls.USER, Form.write(form));
        return gap.answer(call, _ -> Response.none());
    }
}
