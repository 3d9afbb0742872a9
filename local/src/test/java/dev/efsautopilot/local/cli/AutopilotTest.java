package dev.efsautopilot.local.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.efsautopilot.stop.StopCause;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

final class AutopilotTest {

    private final StringWriter answers = new StringWriter();
    private final StringWriter errors = new StringWriter();

    @ParameterizedTest
    @ValueSource(strings = {"0", "65536", "-1", "http"})
    void a_port_that_is_none_is_a_wrong_argument(String port) {
        assertThat(execute("local", "--port", port)).isEqualTo(2);
        assertThat(errors.toString()).contains("--port").doesNotContain("\tat ");
    }

    @Test
    void a_command_that_does_not_exist_is_a_wrong_argument() {
        assertThat(execute("deploy")).isEqualTo(2);
        assertThat(errors.toString()).contains("deploy");
    }

    @Test
    void no_command_is_a_wrong_argument() {
        assertThat(execute()).isEqualTo(2);
        assertThat(errors.toString()).contains("local");
    }

    @Test
    void why_answers_one_line_for_each_document(@TempDir Path folder) throws IOException {
        var file = folder.resolve("stops.jsonl");
        Files.writeString(
                file,
                """
                {"stopCode":"SpotInterruption"}
                {"containers":[{"name":"app","essential":true,"exitCode":1,"reason":null}]}

                """);

        assertThat(execute("why", file.toString(), "--json", "--policy", "on=failure")).isZero();

        assertThat(answers.toString().lines())
                .hasSize(2)
                .first()
                .asString()
                .startsWith(
                        "{\"class\":\"infrastructure\",\"cause\":\"spot-interruption\","
                                + "\"action\":\"run\",");
    }

    @Test
    void why_takes_a_stop_reason_as_it_is_written(@TempDir Path folder) throws IOException {
        var file = folder.resolve("reason.txt");
        Files.writeString(
                file, "Timeout waiting for network interface provisioning to complete.\n");

        assertThat(execute("why", file.toString())).isZero();

        assertThat(answers.toString())
                .contains("infrastructure, network-interface")
                .hasLineCount(1);
    }

    @Test
    void why_says_that_there_is_no_task_to_explain(@TempDir Path folder) throws IOException {
        var file = folder.resolve("gone.json");
        Files.writeString(file, "{\"tasks\":[],\"failures\":[{\"reason\":\"MISSING\"}]}");

        assertThat(execute("why", file.toString())).isEqualTo(2);
        assertThat(errors.toString()).contains("no task in " + file).contains("about an hour");
    }

    @Test
    void why_refuses_a_policy_that_is_none(@TempDir Path folder) throws IOException {
        var file = folder.resolve("reason.txt");
        Files.writeString(file, "{}");

        assertThat(execute("why", file.toString(), "--policy", "on=whim")).isEqualTo(2);
        assertThat(errors.toString()).contains("whim").doesNotContain("\tat ");
    }

    @Test
    void the_help_of_why_names_every_class_cause_and_action() {
        assertThat(execute("why", "--help")).isZero();

        var help = answers.toString().replaceAll("\\s+", " ");
        assertThat(Arrays.stream(StopCause.values()).map(StopCause::word))
                .allSatisfy(word -> assertThat(help).contains(word));
        assertThat(help).contains("out-of-memory", "repair-then-run", "run-later");
    }

    private int execute(String... arguments) {
        CommandLine line = Autopilot.commandLine();
        line.setOut(new PrintWriter(answers, true));
        line.setErr(new PrintWriter(errors, true));
        return line.execute(arguments);
    }
}
