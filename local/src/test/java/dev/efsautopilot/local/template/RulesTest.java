package dev.efsautopilot.local.template;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class RulesTest {

    /** EventBridge's and Lambda's longest names have 64 characters, this is the longest stack's. */
    private static final int STACK = 41;

    static List<JsonNode> rules() {
        return Template.read()
                .events("EventBridgeRule")
                .map(Map.Entry::getValue)
                .map(event -> event.path("Properties"))
                .toList();
    }

    @ParameterizedTest
    @MethodSource("rules")
    void no_event_of_another_account_wakes_a_function_that_was_not_named(JsonNode rule) {
        var own = "[{\"!Ref\":\"AWS::AccountId\"}]";
        var account = rule.at("/Pattern/account");

        if (rule.at("/Pattern/detail-type/0").asText().equals("Access Point Requested")) {
            assertThat(account.at("/!If/0").asText()).isEqualTo("TakesRequestsOfOthers");
            assertThat(account.at("/!If/2").toString()).isEqualTo(own);
        } else {
            assertThat(account.toString()).isEqualTo(own);
        }
    }

    @Test
    void a_nested_stack_with_a_long_name_has_room_for_every_name() {
        var functions =
                Template.read()
                        .resources("AWS::Serverless::Function")
                        .map(function -> function.getValue().at("/Properties/FunctionName/!Sub"));
        var rules = rules().stream().map(rule -> rule.at("/RuleName/!Sub"));

        assertThat(Stream.concat(functions, rules))
                .extracting(name -> name.asText().replace("${AWS::StackName}", "x".repeat(STACK)))
                .hasSizeGreaterThan(10)
                .allSatisfy(name -> assertThat(name).hasSizeBetween(STACK + 1, 64));
    }
}
