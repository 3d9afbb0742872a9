package dev.efsautopilot.role;

import com.fasterxml.jackson.databind.JsonNode;
import dev.efsautopilot.role.FileSystemPolicy.Match;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * The conditions of a file system's policy that can be told of a mount: whether it is encrypted,
 * that it is through a mount target, and through its access point ("EFS condition keys for
 * clients").
 */
final class PolicyConditions {

    private PolicyConditions() {}

    /** Whether all hold; unknown for other keys and operators. */
    static Match match(JsonNode conditions, PolicyClient client) {
        var known = known(client);
        return conditions.properties().stream()
                .flatMap(operator ->
                        operator.getValue().properties().stream()
                                .map(key ->
                                        one(
                                                operator.getKey(),
                                                key.getKey(),
                                                key.getValue(),
                                                known)))
                .reduce(Match.YES, Match::and);
    }

    /** Keys are told apart whatever their case. */
    private static Map<String, String> known(PolicyClient client) {
        var known = new TreeMap<String, String>(String.CASE_INSENSITIVE_ORDER);
        known.put("aws:SecureTransport", String.valueOf(client.encrypted()));
        known.put("elasticfilesystem:AccessedViaMountTarget", "true");
        known.put(client.accessPointKey(), client.accessPoint().orElse(""));
        known.put("aws:PrincipalArn", client.role().orElse(""));
        known.put("aws:PrincipalAccount", client.account());
        return known;
    }

    private static Match one(
            String operator, String key, JsonNode values, Map<String, String> known) {
        var value = known.get(key);
        if (value == null) {
            return Match.UNKNOWN;
        }
        var name = operator.toLowerCase(Locale.ROOT);
        var ifExists = name.endsWith("ifexists");
        var plain = ifExists ? name.substring(0, name.length() - "ifexists".length()) : name;
        var negated = plain.contains("not");
        return switch (plain) {
            case "bool",
                    "stringequals",
                    "stringnotequals",
                    "stringlike",
                    "stringnotlike",
                    "arnequals",
                    "arnnotequals",
                    "arnlike",
                    "arnnotlike" ->
                    value.isEmpty()
                            ? Match.of(ifExists || negated)
                            : Match.of(negated != holds(plain, values, value));
            default -> Match.UNKNOWN;
        };
    }

    /** ARNs take wildcards with every operator. */
    private static boolean holds(String operator, JsonNode values, String value) {
        var exact = operator.startsWith("string") && operator.endsWith("equals");
        return FileSystemPolicy.each(values)
                .map(JsonNode::asText)
                .anyMatch(wanted ->
                        exact ? wanted.equals(value) : FileSystemPolicy.isLike(wanted, value));
    }
}
