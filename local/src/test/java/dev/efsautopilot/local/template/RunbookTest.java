package dev.efsautopilot.local.template;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whoever is woken by an alarm finds what to do. */
class RunbookTest {

    private static final String STACK = "${AWS::StackName}-";

    static List<JsonNode> alarms() {
        return Template.read()
                .resources("AWS::CloudWatch::Alarm")
                .map(alarm -> alarm.getValue().path("Properties"))
                .toList();
    }

    @ParameterizedTest
    @MethodSource("alarms")
    void an_alarm_has_a_section_that_its_description_names(JsonNode alarm) {
        var name = alarm.at("/AlarmName/!Sub").asText();
        assertThat(name).startsWith(STACK);
        var section = name.substring(STACK.length());

        assertThat(alarm.path("AlarmDescription").asText()).endsWith("docs/runbook.md#" + section);
        assertThat(section(section))
                .contains("**What it means.**", "**Look at.**", "**Do.**", "    aws ");
    }

    @ParameterizedTest
    @MethodSource("alarms")
    void an_alarm_and_its_end_are_told_to_the_topic_where_there_is_one(JsonNode alarm) {
        assertThat(alarm.path("AlarmActions").toString())
                .contains("HasAlarmTopic", "AlarmTopic")
                .isEqualTo(alarm.path("OKActions").toString());
    }

    @Test
    void the_runbook_has_no_section_of_an_alarm_that_is_gone() {
        var names = alarms().stream().map(alarm -> alarm.at("/AlarmName/!Sub").asText()).toList();
        assertThat(sections().map(text -> STACK + text.lines().findFirst().orElse("")))
                .containsExactlyInAnyOrderElementsOf(names);
    }

    private static String section(String name) {
        return sections().filter(text -> text.startsWith(name + "\n")).findFirst().orElse("");
    }

    private static Stream<String> sections() {
        return Stream.of(Template.text("docs/runbook.md").split("\n## ", -1)).skip(1);
    }
}
