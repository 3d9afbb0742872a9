package dev.efsautopilot.local.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The script in a shell that completes with it. */
class CompletionTest {

    @TempDir private Path folder = Path.of("");

    @BeforeEach
    void theEventsAreTheProjects() {
        System.setProperty("autopilot.root", Path.of("..").toAbsolutePath().normalize().toString());
    }

    @ParameterizedTest
    @CsvSource({
        "st, status",
        "ev, event",
        "plan --st, --stack",
        "event task-stopped-s, task-stopped-spot",
        "completion z, zsh",
        "doctor --sv, --svg",
    })
    void bash_completes_commands_options_and_kinds(String typed, String completed)
            throws Exception {
        var words = typed.split(" ", -1);
        var script =
                """
                source %s
                COMP_WORDS=(autopilot %s) COMP_CWORD=%d COMP_LINE='autopilot %s'
                _complete_autopilot
                printf '%%s\\n' "${COMPREPLY[@]}"
                """
                        .formatted(script("bash"), typed, words.length, typed);

        assertThat(run(script)).contains(completed);
    }

    @Test
    void zsh_gets_the_same_after_its_own_start() throws IOException {
        assertThat(Files.readString(script("zsh")))
                .startsWith("autoload -U +X compinit && compinit\n")
                .endsWith(Files.readString(script("bash")));
    }

    private Path script(String shell) throws IOException {
        var out = new StringWriter();
        assertThat(
                        Autopilot.commandLine()
                                .setOut(new PrintWriter(out, true))
                                .execute("completion", shell))
                .isZero();
        return Files.writeString(folder.resolve(shell), out.toString());
    }

    private static java.util.List<String> run(String script) throws Exception {
        var bash = new ProcessBuilder("bash", "-c", script).redirectErrorStream(true).start();
        var output = new String(bash.getInputStream().readAllBytes(), UTF_8);
        assertThat(bash.waitFor()).as(output).isZero();
        return output.lines().map(String::strip).toList();
    }
}
