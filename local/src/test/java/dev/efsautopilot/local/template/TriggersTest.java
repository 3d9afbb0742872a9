package dev.efsautopilot.local.template;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.efsautopilot.json.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every way to wake a function has a file in {@code events/}, and its command in the README there.
 */
class TriggersTest {

    private static final Pattern COMMAND =
            Pattern.compile("sam local invoke (\\w+) --event events/([\\w-]+\\.json)");

    /** Where a pattern names the kinds of an event: each kind is a trigger of its own. */
    private static final Set<String> KINDS = Set.of("eventName", "lastStatus", "status");

    private final List<Sent> sent =
            COMMAND.matcher(Template.text("events/README.md"))
                    .results()
                    .map(command -> new Sent(command.group(1), command.group(2)))
                    .toList();

    /**
     * A command of the README.
     *
     * @param function its logical id
     */
    private record Sent(String function, String file) {
        JsonNode event() {
            return json("events/" + file);
        }
    }

    static Stream<Arguments> kinds() {
        return Template.read()
                .events("EventBridgeRule")
                .flatMap(rule -> {
                    var pattern = rule.getValue().at("/Properties/Pattern");
                    var type = pattern.at("/detail-type/0").asText();
                    var kinds = new TreeSet<String>();
                    KINDS.forEach(kind ->
                            pattern.path("detail")
                                    .findValues(kind)
                                    .forEach(values ->
                                            values.forEach(value ->
                                                    kinds.add(kind + "=" + value.asText()))));
                    return (kinds.isEmpty() ? Stream.of("=") : kinds.stream())
                            .map(kind -> Arguments.of(rule.getKey(), type, kind));
                });
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void every_kind_of_event_that_a_rule_takes_has_a_file(
            String function, String type, String kind) {
        var field = kind.substring(0, kind.indexOf('='));
        assertThat(sent)
                .as("no file of %s %s for %s", type, kind, function)
                .anyMatch(it ->
                        it.function().equals(function)
                                && it.event().path("detail-type").asText().equals(type)
                                && (field.isEmpty()
                                        || kind.equals(
                                                field
                                                        + "="
                                                        + it.event()
                                                                .path("detail")
                                                                .path(field)
                                                                .asText())));
    }

    static Stream<Arguments> routes() {
        return Template.read()
                .events("Api")
                .map(route -> {
                    var properties = route.getValue().path("Properties");
                    return Arguments.of(
                            route.getKey(),
                            properties.path("Method").asText(),
                            properties.path("Path").asText());
                });
    }

    @ParameterizedTest
    @MethodSource("routes")
    void every_route_has_a_file(String function, String method, String path) {
        assertThat(sent)
                .as("no file of %s %s for %s", method, path, function)
                .anyMatch(it ->
                        it.function().equals(function)
                                && it.event().path("httpMethod").asText().equalsIgnoreCase(method)
                                && it.event().path("resource").asText().equals(path));
    }

    @Test
    void every_schedule_has_a_file_with_its_input() throws IOException {
        var schedules = Template.read().events("ScheduleV2").toList();
        assertThat(schedules).isNotEmpty();
        for (var schedule : schedules) {
            var input = schedule.getValue().at("/Properties/Input").asText();
            assertThat(sent)
                    .anyMatch(it ->
                            it.function().equals(schedule.getKey())
                                    && it.event().toString().equals(input));
        }
        assertThat(sent)
                .anyMatch(it ->
                        it.function().equals("TaskRerunFunction")
                                && it.event().path("detail-type").asText().equals("Rerun Due"));
    }

    static Stream<String> functions() {
        return Template.read().resources("AWS::Serverless::Function").map(Map.Entry::getKey);
    }

    @ParameterizedTest
    @MethodSource("functions")
    void every_function_has_a_file_of_a_direct_invoke(String function) {
        assertThat(sent)
                .anyMatch(it -> it.function().equals(function) && it.file().startsWith("direct-"));
    }

    @Test
    void the_other_documents_have_no_other_command() {
        assertThat(
                        COMMAND.matcher(Template.text("README.md"))
                                .results()
                                .map(command -> new Sent(command.group(1), command.group(2))))
                .isSubsetOf(sent);
    }

    private static JsonNode json(String path) {
        try {
            return Json.MAPPER.readTree(Template.text(path));
        } catch (IOException e) {
            throw new UncheckedIOException(path, e);
        }
    }
}
