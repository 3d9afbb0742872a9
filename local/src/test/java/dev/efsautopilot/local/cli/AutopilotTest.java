package dev.efsautopilot.local.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

final class AutopilotTest {

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

    private int execute(String... arguments) {
        CommandLine line = Autopilot.commandLine();
        line.setErr(new PrintWriter(errors, true));
        return line.execute(arguments);
    }
}
