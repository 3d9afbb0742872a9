package dev.efsautopilot.local.policy;

import java.util.Arrays;
import java.util.List;
import java.util.function.BiPredicate;

/**
 * The condition operators that the template uses, as the IAM User Guide describes them under "IAM
 * JSON policy elements: Condition operators".
 */
public enum Operator {
    STRING_EQUALS("StringEquals"),
    STRING_LIKE("StringLike"),
    ARN_LIKE("ArnLike"),
    BOOL("Bool"),
    /** {@code true}: the key must be absent; {@code false}: it must be there. */
    NULL("Null"),
    /** True as well where the request has none of the key's values. */
    ALL_STRING_EQUALS("ForAllValues:StringEquals");

    private final String word;

    Operator(String word) {
        this.word = word;
    }

    /**
     * The operator of that name.
     *
     * @throws IllegalArgumentException where it is not one of these
     */
    static Operator of(String word) {
        return Arrays.stream(values())
                .filter(operator -> operator.word.equals(word))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("condition operator " + word));
    }

    /**
     * Whether a condition holds.
     *
     * @param wanted the policy's values
     * @param actual the request's, none where it does not have the key
     */
    boolean holds(List<String> wanted, List<String> actual) {
        return switch (this) {
            case STRING_EQUALS -> any(wanted, actual, String::equals);
            case STRING_LIKE -> any(wanted, actual, Wildcards::match);
            case ARN_LIKE -> any(wanted, actual, Wildcards::matchArn);
            case BOOL -> any(wanted, actual, String::equalsIgnoreCase);
            case NULL -> wanted.contains(Boolean.toString(actual.isEmpty()));
            case ALL_STRING_EQUALS -> wanted.containsAll(actual);
        };
    }

    private static boolean any(
            List<String> wanted, List<String> actual, BiPredicate<String, String> matches) {
        return actual.stream()
                .anyMatch(value -> wanted.stream().anyMatch(want -> matches.test(want, value)));
    }
}
