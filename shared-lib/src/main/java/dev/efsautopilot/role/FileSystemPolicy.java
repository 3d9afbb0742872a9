package dev.efsautopilot.role;

import com.fasterxml.jackson.databind.JsonNode;
import dev.efsautopilot.json.Json;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * What the policy of a file system says of a mount. IAM's simulator takes no resource policy for
 * roles, so that it is read here, as far as it is plain: effects, principals, actions, resources,
 * and the conditions that EFS enforces for NFS clients.
 *
 * @param document the policy
 */
record FileSystemPolicy(JsonNode document) {

    /** What a policy says. */
    enum Verdict {
        /** A statement allows it. */
        ALLOWS,
        /** A statement denies it, whatever others allow. */
        DENIES,
        /** A statement would allow or deny it under a condition that is not understood here. */
        UNCLEAR,
        /** Nothing: the role's own policies decide. */
        SILENT
    }

    /** Whether a statement, or a part of it, is about the mount. */
    enum Match {
        YES,
        NO,
        UNKNOWN;

        Match and(Match other) {
            return this == NO || other == NO ? NO : this == YES ? other : UNKNOWN;
        }

        static Match of(boolean value) {
            return value ? YES : NO;
        }
    }

    Verdict verdict(PolicyClient client, String action) {
        var denies = matches("Deny", client, action);
        var allows = matches("Allow", client, action);
        if (denies.contains(Match.YES)) {
            return Verdict.DENIES;
        }
        if (denies.contains(Match.UNKNOWN)) {
            return Verdict.UNCLEAR;
        }
        if (allows.contains(Match.YES)) {
            return Verdict.ALLOWS;
        }
        return allows.contains(Match.UNKNOWN) ? Verdict.UNCLEAR : Verdict.SILENT;
    }

    private List<Match> matches(String effect, PolicyClient client, String action) {
        return each(document.path("Statement"))
                .filter(statement -> Json.text(statement, "Effect").equals(effect))
                .map(statement ->
                        named(statement, "Action", action)
                                .and(named(statement, "Resource", client.fileSystem()))
                                .and(principal(statement, effect, client))
                                .and(PolicyConditions.match(statement.path("Condition"), client)))
                .toList();
    }

    private static Match named(JsonNode statement, String element, String wanted) {
        if (statement.has("Not" + element)) {
            return Match.of(
                    each(statement.path("Not" + element))
                            .noneMatch(pattern -> isLike(pattern.asText(), wanted)));
        }
        var patterns = statement.path(element);
        return Match.of(
                (patterns.isMissingNode() && element.equals("Resource"))
                        || each(patterns).anyMatch(pattern -> isLike(pattern.asText(), wanted)));
    }

    /** Allowing an account leaves it to the account's own policies; denying it denies its roles. */
    private static Match principal(JsonNode statement, String effect, PolicyClient client) {
        if (statement.has("NotPrincipal")) {
            return Match.UNKNOWN;
        }
        var principal = statement.path("Principal");
        var names = principal.isObject() ? principal.path("AWS") : principal;
        var account = client.account();
        return Match.of(
                each(names)
                        .map(JsonNode::asText)
                        .anyMatch(name ->
                                name.equals("*")
                                        || client.role().filter(name::equals).isPresent()
                                        || (effect.equals("Deny")
                                                && !account.isEmpty()
                                                && (name.equals(account)
                                                        || name.endsWith(
                                                                ":iam::" + account + ":root")))));
    }

    /** IAM's wildcards, whatever the case, as for actions. */
    static boolean isLike(String pattern, String text) {
        var regex = Pattern.quote(pattern).replace("*", "\\E.*\\Q").replace("?", "\\E.\\Q");
        return text.matches("(?is)" + regex);
    }

    /** One value or a list of them. */
    static Stream<JsonNode> each(JsonNode values) {
        return values.isArray()
                ? StreamSupport.stream(values.spliterator(), false)
                : values.isMissingNode() ? Stream.empty() : Stream.of(values);
    }
}
