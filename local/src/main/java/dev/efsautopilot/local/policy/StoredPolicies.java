package dev.efsautopilot.local.policy;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import dev.efsautopilot.local.call.Json;
import dev.efsautopilot.local.call.Upstream;
import java.net.URLDecoder;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The policies of roles, as MiniStack keeps them now. */
public record StoredPolicies(Upstream upstream) {

    private static final String ROLE = "RoleName";
    private static final String POLICY = "PolicyArn";

    /** Its inline policies; none where there is no such role. */
    public List<JsonNode> inline(String role) {
        return found("member", "ListRolePolicies", Map.of(ROLE, role))
                .flatMap(name ->
                        found(
                                "PolicyDocument",
                                "GetRolePolicy",
                                Map.of(ROLE, role, "PolicyName", name)))
                .map(StoredPolicies::document)
                .toList();
    }

    /** The managed policies that are attached to it; none where there is no such role. */
    public List<JsonNode> attached(String role) {
        return found(POLICY, "ListAttachedRolePolicies", Map.of(ROLE, role))
                .flatMap(this::managed)
                .map(StoredPolicies::document)
                .toList();
    }

    private Stream<String> managed(String arn) {
        return found("DefaultVersionId", "GetPolicy", Map.of(POLICY, arn))
                .flatMap(version ->
                        found(
                                "Document",
                                "GetPolicyVersion",
                                Map.of(POLICY, arn, "VersionId", version)));
    }

    private static JsonNode document(String text) {
        return Json.parse(URLDecoder.decode(text, UTF_8));
    }

    private Stream<String> found(String element, String operation, Map<String, String> parameters) {
        return Pattern.compile("<%1$s>([^<]+)</%1$s>".formatted(element))
                .matcher(upstream.iam(operation, parameters).text())
                .results()
                .map(result -> result.group(1));
    }
}
