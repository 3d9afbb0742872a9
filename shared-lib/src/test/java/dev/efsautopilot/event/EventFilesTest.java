package dev.efsautopilot.event;

import static org.assertj.core.api.Assertions.assertThat;

import dev.efsautopilot.json.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** {@code events/README.md} and the files that it tells of. */
class EventFilesTest {

    /** {@code | `file` | trigger | command |} */
    private static final Pattern ROW = Pattern.compile("\\| `([^`]+\\.json)` \\| (.+?) \\| .+ \\|");

    private static final Pattern CODE = Pattern.compile("`([A-Z][A-Za-z ]+)`");
    private static final Pattern STATE = Pattern.compile("\\b([A-Z]{6,})\\b");

    static Stream<Arguments> rows() throws IOException {
        var readme = Files.readString(EventFiles.FOLDER.resolve("README.md"));
        return ROW.matcher(readme).results().map(row -> Arguments.of(row.group(1), row.group(2)));
    }

    @Test
    void every_file_has_its_row() throws IOException {
        assertThat(rows().map(row -> row.get()[0]))
                .containsExactlyInAnyOrderElementsOf(EventFiles.names());
    }

    @ParameterizedTest
    @MethodSource("rows")
    void a_file_is_the_trigger_that_its_row_names(String file, String words) {
        var event = EventFiles.read(file);

        switch (Triggers.parse(event)) {
            case Trigger.Asked(var request, _) when request.has("sweep") ->
                    assertThat(words).isEqualTo("the recurring schedule");
            case Trigger.Asked _ when file.startsWith("direct-") ->
                    assertThat(words).startsWith("direct invoke");
            case Trigger.Asked _ ->
                    assertThat(words)
                            .startsWith("`" + Json.text(event, "httpMethod") + " /")
                            .contains(Json.text(event, "resource"));
            case Trigger.ApiCalled(var call) ->
                    assertThat(words).startsWith("API call `" + call.eventName() + "`");
            case Trigger.TaskChanged(var task, _) ->
                    assertThat(first(STATE, words)).isEqualTo(task.lastStatus());
            case Trigger.InstanceChanged(_, _, var status) ->
                    assertThat(words).startsWith("container instance " + status);
            case Trigger.Scheduled _ -> throw new AssertionError(file + " is no rule's event");
            case Trigger.Requested(var type, _, _) when words.endsWith("on the bus") ->
                    assertThat(first(CODE, words)).isEqualTo(type);
            case Trigger.Requested _ -> assertThat(words).startsWith("one-off schedule");
            case Trigger.Unrecognised(var why) -> throw new AssertionError(file + ": " + why);
        }
    }

    private static String first(Pattern pattern, String words) {
        var matcher = pattern.matcher(words);
        assertThat(matcher.find()).as(words).isTrue();
        return matcher.group(1);
    }
}
