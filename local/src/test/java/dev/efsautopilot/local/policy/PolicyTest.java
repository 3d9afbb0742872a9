package dev.efsautopilot.local.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.efsautopilot.local.call.Json;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PolicyTest {

    private static final String GROUP = "arn:aws:ec2:eu-west-1:123456789012:security-group/sg-1";
    private static final Access OPEN =
            Access.to("ec2:AuthorizeSecurityGroupIngress", GROUP, Map.of());

    @ParameterizedTest
    @CsvSource({
        "ec2:AuthorizeSecurityGroupIngress, *",
        "EC2:authorizesecuritygroupingress, *",
        "ec2:Authorize*, arn:aws:ec2:*:security-group/sg-?",
        "ec2:AuthorizeSecurityGroup?ngress, arn:aws:ec2:eu-west-1:123456789012:security-group/*"
    })
    void what_a_statement_names_is_allowed(String action, String resource) {
        assertThat(allows(OPEN, allow(action, resource))).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "ec2:AuthorizeSecurityGroupEgress, *",
        "ec2:AuthorizeSecurityGroupIngres, *",
        "ec2:AuthorizeSecurityGroupIngress, arn:aws:ec2:eu-west-1:123456789012:security-group-rule/*",
        "ec2:AuthorizeSecurityGroupIngress, arn:aws:ec2:eu-west-1:210987654321:security-group/*",
        "ec2:AuthorizeSecurityGroupIngress, arn:aws:ec2:*:security-group/sg-??"
    })
    void what_no_statement_names_is_not(String action, String resource) {
        assertThat(allows(OPEN, allow(action, resource))).isFalse();
    }

    @Test
    void a_deny_wins_wherever_it_stands() {
        var deny = allow("ec2:*", "*").replace("Allow", "Deny");

        assertThat(allows(OPEN, deny, allow("*", "*"))).isFalse();
        assertThat(allows(OPEN, allow("*", "*"), deny)).isFalse();
    }

    @Test
    void a_deny_whose_condition_does_not_hold_denies_nothing() {
        var deny =
                """
                {"Effect": "Deny", "Action": "*", "Resource": "*",
                 "Condition": {"ArnLike": {"lambda:SourceFunctionArn": "arn:aws:lambda:*:*:function:a-*"}}}
                """;
        var mine = List.of("arn:aws:lambda:eu-west-1:123456789012:function:a-sweep");

        assertThat(allows(OPEN, allow("*", "*"), deny)).isTrue();
        assertThat(allows(with(Map.of("lambda:SourceFunctionArn", mine)), allow("*", "*"), deny))
                .isFalse();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "StringEquals             | a     | a   | true",
                "StringEquals             | a     | A   | false",
                "StringEquals             | a*    | ab  | false",
                "StringEquals             | a;b   | b   | true",
                "StringEquals             | a     |     | false",
                "StringLike               | a*    | ab  | true",
                "StringLike               | *     |     | false",
                "StringLike               | *     | ''  | true",
                "Bool                     | true  | true | true",
                "Bool                     | true  |     | false",
                "Null                     | true  |     | true",
                "Null                     | true  | a   | false",
                "Null                     | false | a   | true",
                "Null                     | false |     | false",
                "ForAllValues:StringEquals| a;b   | b;a | true",
                "ForAllValues:StringEquals| a;b   | b;c | false",
                "ForAllValues:StringEquals| a     |     | true",
                "ArnLike | arn:aws:ecs:*:1:cluster/* | arn:aws:ecs:e:1:cluster/a | true",
                "ArnLike | arn:aws:ecs:*:cluster/*   | arn:aws:ecs:e:1:cluster/a | false",
                "ArnLike | arn:aws:ecs:*:1:cluster/* | arn:aws:ecs:e:2:cluster/a | false"
            })
    void an_operator_holds_as_iam_says(
            String operator, String wanted, String actual, boolean holds) {
        assertThat(Operator.of(operator).holds(list(wanted), list(actual))).isEqualTo(holds);
    }

    @Test
    void all_conditions_of_a_statement_must_hold() {
        var statement =
                """
                {"Effect": "Allow", "Action": "*", "Resource": "*", "Condition": {
                 "ForAllValues:StringEquals": {"aws:TagKeys": ["a"]}, "Null": {"aws:TagKeys": "false"}}}
                """;

        assertThat(allows(with(Map.of("aws:TagKeys", List.of("a"))), statement)).isTrue();
        assertThat(allows(with(Map.of("aws:TagKeys", List.of("b"))), statement)).isFalse();
        assertThat(allows(with(Map.of()), statement)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"Effect\": \"Allow\", \"NotAction\": \"*\", \"Resource\": \"*\"}",
                "{\"Effect\": \"Allow\", \"Action\": \"*\", \"NotResource\": \"*\"}",
                "{\"Effect\": \"Allow\", \"Action\": \"*\", \"Resource\": \"*\", \"Condition\": {\"IpAddress\": {\"aws:TagKeys\": \"a\"}}}",
                "{\"Effect\": \"Allow\", \"Action\": \"*\", \"Resource\": \"*\", \"Condition\": {\"Bool\": {\"aws:SourceIp\": \"a\"}}}"
            })
    void what_is_not_evaluated_is_not_read_in_silence(String statement) {
        assertThatThrownBy(() -> policy(statement)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void a_wildcard_matches_what_its_regular_expression_matches() {
        var random = new Random(20_260_101);
        for (var number = 0; number < 20_000; number++) {
            var pattern = word(random, "ab*?");
            var text = word(random, "ab");
            var expression = pattern.replace("*", ".*").replace('?', '.');
            assertThat(Wildcards.match(pattern, text))
                    .as("%s on %s", pattern, text)
                    .isEqualTo(text.matches(expression));
        }
    }

    @Test
    void the_order_of_statements_decides_nothing_and_a_deny_only_takes_away() {
        var random = new Random(20_260_102);
        for (var number = 0; number < 5_000; number++) {
            var statements =
                    new ArrayList<>(
                            IntStream.range(0, random.nextInt(5))
                                    .mapToObj(_ -> any(random))
                                    .toList());
            var access = Access.to(word(random, "ab"), word(random, "ab"), Map.of());
            var before = allows(access, statements.toArray(String[]::new));

            Collections.shuffle(statements, random);
            assertThat(allows(access, statements.toArray(String[]::new))).isEqualTo(before);

            statements.add(any(random).replace("Allow", "Deny"));
            assertThat(before || !allows(access, statements.toArray(String[]::new))).isTrue();
        }
    }

    private static String any(Random random) {
        var statement = allow(word(random, "ab*?"), word(random, "ab*?"));
        return random.nextInt(4) == 0 ? statement.replace("Allow", "Deny") : statement;
    }

    private static String word(Random random, String letters) {
        var word = new StringBuilder();
        random.ints(random.nextInt(1, 7), 0, letters.length())
                .forEach(at -> word.append(letters.charAt(at)));
        return word.toString();
    }

    @SuppressWarnings("StringSplitter") // The list is written here.
    private static List<String> list(@org.jspecify.annotations.Nullable String words) {
        return words == null ? List.of() : Arrays.asList(words.split(";"));
    }

    private static Access with(Map<String, List<String>> context) {
        return Access.to(OPEN.action(), OPEN.resource(), context);
    }

    private static boolean allows(Access access, String... statements) {
        return !policy(statements).allowing(access).isEmpty();
    }

    private static Policy policy(String... statements) {
        return Policy.of(
                Stream.of(statements)
                        .map(statement -> Json.parse("{\"Statement\": " + statement + "}"))
                        .toList());
    }

    private static String allow(String action, String resource) {
        return "{\"Effect\": \"Allow\", \"Action\": [\"%s\"], \"Resource\": \"%s\"}"
                .formatted(action, resource);
    }
}
