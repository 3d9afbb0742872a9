package dev.efsautopilot.local.policy;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import dev.efsautopilot.local.call.AwsCall;
import dev.efsautopilot.local.call.Json;
import dev.efsautopilot.local.call.Principal;
import dev.efsautopilot.local.call.Upstream;
import java.net.URLDecoder;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The inline policies of roles, read once until somebody deploys. */
final class RolePolicies {

    private static final Pattern NAME = Pattern.compile("<member>([^<]+)</member>");
    private static final Pattern DOCUMENT =
            Pattern.compile("<PolicyDocument>([^<]+)</PolicyDocument>");

    private final Upstream upstream;
    private final Map<String, Policy> known = new ConcurrentHashMap<>();

    RolePolicies(Upstream upstream) {
        this.upstream = upstream;
    }

    Policy of(Principal principal) {
        return known.computeIfAbsent(principal.roleArn().replaceAll(".*/", ""), this::read);
    }

    /** Whoever deploys asks how it went, the last time when it is done: then all is read anew. */
    void seenBy(AwsCall call) {
        if (call.service().equals("cloudformation") || call.service().equals("iam")) {
            known.clear();
        }
    }

    private Policy read(String role) {
        var list = upstream.iam("ListRolePolicies", Map.of("RoleName", role));
        return Policy.of(found(NAME, list.text()).map(name -> document(role, name)).toList());
    }

    private JsonNode document(String role, String name) {
        var answer = upstream.iam("GetRolePolicy", Map.of("RoleName", role, "PolicyName", name));
        return found(DOCUMENT, answer.text())
                .map(text -> Json.parse(URLDecoder.decode(text, UTF_8)))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException(role + " has no policy " + name));
    }

    private static Stream<String> found(Pattern pattern, String text) {
        return pattern.matcher(text).results().map(RolePolicies::first);
    }

    private static String first(MatchResult result) {
        return result.group(1);
    }
}
