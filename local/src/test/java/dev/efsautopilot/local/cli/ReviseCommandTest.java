package dev.efsautopilot.local.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.efsautopilot.json.Json;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

final class ReviseCommandTest {

    private static final String VOLUME = "--tag=efs-autopilot/volume/";
    private static final String GIVEN = "--access-point=data=fsap-0123456789abcdef0";
    private static final List<String> CHANGED = List.of("volumes", "containerDefinitions");
    private static final String PLAIN =
            "{\"family\":\"orders\",\"containerDefinitions\":[{\"name\":\"app\"}]}";

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @ParameterizedTest
    @ValueSource(strings = {"input.json", "described.json"})
    void both_shapes_give_the_golden_revision(String file) throws Exception {
        assertThat(execute("", file(file).toString(), GIVEN)).isZero();

        assertThat(out.toString()).isEqualTo(Files.readString(file("revised.json")));
        assertThat(err.toString()).isEmpty();
    }

    @Test
    void nothing_is_lost_and_the_volume_alone_is_added() throws Exception {
        execute("", file("input.json").toString(), GIVEN);

        var source = (ObjectNode) Json.MAPPER.readTree(Files.readString(file("input.json")));
        var revised = (ObjectNode) revised();
        assertThat(revised.without(CHANGED).toString())
                .isEqualTo(source.without(CHANGED).toString());
        assertThat(out.toString()).contains("1.10", "12345678901234567890", "Köln");
    }

    @Test
    void what_it_printed_is_revised_to_itself() throws Exception {
        execute("", file("input.json").toString(), GIVEN);
        var once = out.toString();
        out.getBuffer().setLength(0);

        assertThat(execute(once, "-")).isZero();

        assertThat(out.toString()).isEqualTo(once);
    }

    @Test
    void a_tag_of_the_command_wins_over_one_of_the_file() throws Exception {
        execute(
                "",
                file("input.json").toString(),
                VOLUME + "data=fs=fs-00000001 mount=app:/x access-point=none path=/a",
                "--tag=cost=9");

        assertThat(revised().at("/volumes/1/efsVolumeConfiguration/rootDirectory").textValue())
                .isEqualTo("/a");
        assertThat(revised().path("tags"))
                .extracting(tag -> Json.text(tag, "key"))
                .containsExactly("cost", "efs-autopilot/volume/data", "team");
    }

    @Test
    void without_a_tag_it_is_what_it_was() throws Exception {
        assertThat(execute(PLAIN, "-")).isZero();
        assertThat(revised()).isEqualTo(Json.MAPPER.readTree(PLAIN));
    }

    @Test
    void an_access_point_that_is_to_be_made_is_seen_as_such() throws Exception {
        assertThat(
                        execute(
                                PLAIN,
                                "-",
                                VOLUME + "data=fs=fs-00000001 mount=/d",
                                "--access-point=data=new"))
                .isZero();
        assertThat(revised().at("/volumes/0/efsVolumeConfiguration/authorizationConfig").toString())
                .isEqualTo("{\"accessPointId\":\"(to be made)\",\"iam\":\"DISABLED\"}");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "data=fs=fs-00000001 mount=/d       |         | only AWS can make its access point",
                "data=fs=fs-00000001 mount=/d       |         | --access-point data=fsap-",
                "data=fs=name:orders mount=/d       |         | looked up on AWS only",
                "data=mount=/d                      |         | no file system is named",
                "data=fs=fs-00000001 mount=/d x=1   |         | is no word of this tag",
                "data=fs=fs-00000001 mount=/d path=/a/b/c/d/e |         | four levels",
                "data=fs=fs-00000001 mount=no:/d    | data=new | no container is named no",
                "data=fs=fs-00000001 mount=/d iam=on | data=new | has no task role",
                "data=fs=fs-00000001 mount=/d       | logs=new | no tag asks for a volume of this",
                "data=fs=fs-00000001 mount=/d access-point=none | data=new | says otherwise",
                "data=fs=fs-00000001 mount=/d access-point=fsap-00000001 | data=new | otherwise",
            })
    void what_is_refused_says_why_and_exits_with_two(String tag, String given, String words) {
        var arguments =
                Stream.of("-", VOLUME + tag, given == null ? "" : "--access-point=" + given)
                        .filter(argument -> !argument.isEmpty())
                        .toArray(String[]::new);

        assertThat(execute(PLAIN, arguments)).isEqualTo(2);

        assertThat(err.toString()).startsWith("refused: ").contains(words);
        assertThat(out.toString()).isEmpty();
    }

    @Test
    void a_refusal_as_json_has_its_parts() throws Exception {
        assertThat(execute(PLAIN, "-", "--json", VOLUME + "data=fs=fs-00000001")).isEqualTo(2);

        assertThat(err.toString()).isEmpty();
        assertThat(revised().properties())
                .extracting(Map.Entry::getKey)
                .containsExactly("outcome", "field", "problem", "remedy");
    }

    @Test
    void more_tags_than_ecs_takes_are_refused() {
        var tags = Stream.iterate(1, i -> i + 1).limit(51).map(i -> "--tag=k" + i + "=v");

        assertThat(execute(PLAIN, Stream.concat(Stream.of("-"), tags).toArray(String[]::new)))
                .isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "[1]", "{}", "{\"family\":1", "{\"a\":1,\"a\":2}", "{} {}"})
    void what_is_no_task_definition_is_a_failure(String text) {
        assertThat(execute(text, "-")).isEqualTo(1);
        assertThat(err.toString()).startsWith("autopilot: standard input ").doesNotContain("\tat ");
    }

    @Test
    void what_cannot_be_read_is_a_failure(@TempDir Path folder) {
        assertThat(execute("", folder.resolve("none.json").toString())).isEqualTo(1);
        assertThat(execute("", folder.toString())).isEqualTo(1);
        assertThat(err.toString()).contains("does not exist", "can't be read");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "- --tag",
                "- --tag novalue",
                "- --tag =v",
                "- --access-point data",
                "- --access-point data=fs-00000001",
                "- --port 1",
                "- another",
            })
    void wrong_arguments_are_told_from_refusals(String arguments) {
        assertThat(execute(PLAIN, arguments.isEmpty() ? new String[0] : arguments.split(" ", -1)))
                .isEqualTo(64);
        assertThat(out.toString()).isEmpty();
    }

    private int execute(String input, String... arguments) {
        var command = new ReviseCommand(new ByteArrayInputStream(input.getBytes(UTF_8)));
        return new CommandLine(command)
                .setExpandAtFiles(false)
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(arguments);
    }

    private JsonNode revised() throws IOException {
        return Json.MAPPER.readTree(out.toString());
    }

    private static Path file(String name) throws URISyntaxException {
        var found = ReviseCommandTest.class.getResource("revise/" + name);
        return Path.of(Objects.requireNonNull(found, name).toURI());
    }
}
