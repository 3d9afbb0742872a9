package dev.efsautopilot.local.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
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

        assertThat(run("bash", script)).contains(completed);
    }

    /** In a terminal of its own, since zsh completes nowhere else. */
    @ParameterizedTest
    @CsvSource({
        "st, status",
        "plan --st, --stack",
        "event task-stopped-s, task-stopped-spot",
        "doctor --sv, --svg",
        "bench --ro, --rounds",
    })
    void zsh_completes_the_same(String typed, String completed) throws Exception {
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/zsh")), "there is no zsh here");
        var script =
                """
                zmodload zsh/zpty
                zpty shell TERM=xterm zsh -f -i
                zpty -w shell 'source %s; print is-"read"y'
                zpty -r shell answer '*is-ready*'
                zpty -n -w shell './autopilot %s'$'\\t'
                zpty -r shell answer '*%s*' && print found
                """
                        .formatted(script("zsh"), typed, completed);

        assertThat(run("zsh", script)).containsExactly("found");
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

    private static List<String> run(String shell, String script) throws Exception {
        var process = new ProcessBuilder(shell, "-c", script).redirectErrorStream(true).start();
        try {
            assertThat(process.waitFor(20, SECONDS)).as(script).isTrue();
            var output = new String(process.getInputStream().readAllBytes(), UTF_8);
            assertThat(process.exitValue()).as(output).isZero();
            return output.lines().map(String::strip).toList();
        } finally {
            process.destroyForcibly();
        }
    }
}
