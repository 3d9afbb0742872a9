package dev.efsautopilot.local.gap;

import com.fasterxml.jackson.databind.JsonNode;
import dev.efsautopilot.local.call.AwsCall;
import dev.efsautopilot.local.call.Response;
import dev.efsautopilot.local.call.Upstream;
import dev.efsautopilot.local.call.Xml;
import dev.efsautopilot.local.policy.Access;
import dev.efsautopilot.local.policy.Policy;
import dev.efsautopilot.local.policy.StoredPolicies;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * SimulatePrincipalPolicy of a role: "ContextEntries: A list of context keys and corresponding
 * values for the simulation to use. Whenever a context key is evaluated in one of the simulated IAM
 * permissions policies, the corresponding value is supplied." and "NoSuchEntity: The request was
 * rejected because it referenced a resource entity that does not exist." (IAM API Reference).
 * MiniStack reads no context, and one resource only, and knows no role that is not there.
 */
public final class PolicySimulation implements Gap {
    private final Upstream upstream;
    private final StoredPolicies policies;

    public PolicySimulation(Upstream upstream) {
        this.upstream = upstream;
        this.policies = new StoredPolicies(upstream);
    }

    @Override
    public Response answer(AwsCall call, Next next) {
        var source = call.parameter("policySourceArn");
        if (!call.is("iam", "SimulatePrincipalPolicy") || !source.contains(":role/")) {
            return next.pass(call);
        }
        var role = source.replaceAll(".*/", "");
        var there = upstream.iam("GetRole", Map.of("RoleName", role));
        return there.ok() ? simulated(call, role) : there;
    }

    private Response simulated(AwsCall call, String role) {
        var policy =
                Policy.of(
                        Stream.concat(
                                        policies.inline(role).stream(),
                                        policies.attached(role).stream())
                                .toList());
        var context = context(call);
        var missing = new TreeSet<String>(String.CASE_INSENSITIVE_ORDER);
        missing.addAll(policy.conditionKeys());
        missing.removeAll(context.keySet());
        var resources = values(call.parameters(), "resourceArns");
        var results =
                values(call.parameters(), "actionNames").stream()
                        .flatMap(action ->
                                (resources.isEmpty() ? List.of("*") : resources)
                                        .stream()
                                                .map(resource ->
                                                        new Access(
                                                                action, resource, context,
                                                                Map::of)))
                        .map(access -> result(access, policy, missing))
                        .collect(Collectors.joining());
        return Response.xml(
                200,
                """
                <SimulatePrincipalPolicyResponse xmlns="https://iam.amazonaws.com/doc/2010-05-08/">\
                <SimulatePrincipalPolicyResult><IsTruncated>false</IsTruncated>\
                <EvaluationResults>%s</EvaluationResults></SimulatePrincipalPolicyResult>\
                </SimulatePrincipalPolicyResponse>\
                """
                        .formatted(results));
    }

    private static String result(Access access, Policy policy, Set<String> missing) {
        var decision =
                policy.denies(access)
                        ? "explicitDeny"
                        : policy.allowing(access).isEmpty() ? "implicitDeny" : "allowed";
        return """
        <member><EvalActionName>%s</EvalActionName><EvalResourceName>%s</EvalResourceName>\
        <EvalDecision>%s</EvalDecision><MissingContextValues>%s</MissingContextValues></member>\
        """
                .formatted(
                        Xml.escape(access.action()),
                        Xml.escape(access.resource()),
                        decision,
                        missing.stream()
                                .map(key -> "<member>" + Xml.escape(key) + "</member>")
                                .collect(Collectors.joining()));
    }

    /** "Condition key names are not case-sensitive." (IAM User Guide) */
    private static Map<String, List<String>> context(AwsCall call) {
        var context = new TreeMap<String, List<String>>(String.CASE_INSENSITIVE_ORDER);
        call.parameters()
                .at("/contextEntries/member/items")
                .forEach(entry ->
                        context.put(
                                entry.path("contextKeyName").asText(),
                                values(entry, "contextKeyValues")));
        return context;
    }

    private static List<String> values(JsonNode parameters, String list) {
        return parameters
                .path(list)
                .at("/member/items")
                .valueStream()
                .map(item -> item.path("member").asText())
                .toList();
    }
}
