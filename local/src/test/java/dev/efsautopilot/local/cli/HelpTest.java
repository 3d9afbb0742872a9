package dev.efsautopilot.local.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.FieldSource;
import picocli.CommandLine.Help.Ansi;

/**
 * Every command has a page of help, in docs/cli.md too, and says what is wrong with a wrong use.
 */
class HelpTest {

    private static final List<String> COMMANDS = Autopilot.COMMANDS;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @BeforeAll
    static void theEventsAreTheProjects() {
        System.setProperty("autopilot.root", root().toAbsolutePath().normalize().toString());
    }

    @ParameterizedTest
    @FieldSource("COMMANDS")
    void a_command_has_a_page_of_help(String command) {
        assertThat(execute("help", command)).isZero();
        var page = out.toString();
        out.getBuffer().setLength(0);
        assertThat(execute(command, "--help")).isZero();

        assertThat(page).contains("Usage: autopilot " + command).isEqualTo(out.toString());
        assertThat(page.lines()).allSatisfy(line -> assertThat(line).hasSizeLessThan(90));
        if (!command.equals("help")) {
            assertThat(page).contains("Exit status:", "--help");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "demo now                                   | now",
                "demo --fast                                | --fast",
                "demo --aot --fast                          | --fast",
                "local --port http                          | http",
                "local --port                               | --port",
                "local --port 0                             | --port is from 1 to 65535, not 0",
                "local --port 65536                         | --port is from 1 to 65535, not 65536",
                "local 8080                                 | 8080",
                "status here                                | here",
                "status --hours 0                           | --hours is from 1 to 720, not 0",
                "status --hours 721                         | --hours is from 1 to 720, not 721",
                "status --hours day                         | day",
                "status --hours                             | --hours",
                "status --stack                             | --stack",
                "status --cluster                           | --cluster",
                "status --yaml                              | --yaml",
                "plan                                       | TASKDEF",
                "plan orders:7 orders:8                     | orders:8",
                "plan or/ders                               | 'or/ders' names no task definition",
                "plan orders --stack                        | --stack",
                "plan orders --apply                        | --apply",
                "doctor                                     | TASK",
                "doctor t --cluster                         | --cluster",
                "doctor t --svg                             | --svg",
                "doctor t --svg /nothing/here.svg           | --svg: there is no folder /nothing",
                "doctor t --repair                          | --repair",
                "doctor --task-definition a                 | --subnets",
                "doctor --subnets a                         | --task-definition",
                "doctor t --service s                       | --service",
                "why a b                                    | b",
                "why --policy                               | --policy",
                "why --yaml x                               | --yaml",
                "why /nothing/here.json                     | there is no file /nothing/here.json",
                "why src                                    | src is a folder",
                "event nothing                              | there is no kind 'nothing'",
                "event task-running --reason x              | task-stopped",
                "event task-stopped --exit-code many        | many",
                "event task-stopped --exit-code             | --exit-code",
                "event task-stopped --colour red            | --colour",
                "event task-running --account 12            | --account is 12 digits, not '12'",
                "event task-running --task-definition a     | --task-definition is family:revision",
                "event task-running --file-system efs       | --file-system is fs-",
                "event task-running --region mars           | --region is a region",
                "event task-running --cluster a/b           | --cluster is a name",
                "event sweep-scheduled --entries            | sweep-scheduled is none",
                "bench now                                  | now",
                "bench --fast                               | --fast",
                "bench --rounds                             | --rounds",
                "bench --rounds many                        | many",
                "bench --rounds 0                           | --rounds is from 1 to 1000, not 0",
                "bench --events 0                           | --events is from 1 to 10000, not 0",
                "bench --only nothing                       | --only is a folder in functions/",
                "soak now                                   | now",
                "soak --fast                                | --fast",
                "soak --stories                             | --stories",
                "soak --stories 0                           | --stories is from 1 to 1000000, not 0",
                "soak --faults 2                            | --faults is from 0 to 1, not 2.0",
                "soak --faults often                        | often",
                "soak --seed x                              | x",
                "soak --batch 0                             | --batch is from 1 to 1000, not 0",
                "soak --parallel 0                          | --parallel is from 1 to 1000, not 0",
                "test fast                                  | fast",
                "test --fast                                | --fast",
                "completion                                 | SHELL",
                "completion fish                            | fish",
                "completion bash zsh                        | zsh",
                "completion bash --all                      | --all",
                "help nothing                               | nothing",
                "deploy                                     | deploy",
                "--fast                                     | --fast",
            })
    void a_wrong_use_is_told_in_words_and_exits_with_2(String use, String words) {
        assertThat(execute(use.strip().split(" "))).isEqualTo(2);

        assertThat(err.toString()).contains(words).doesNotContain("\tat ", "Exception");
        assertThat(out.toString()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "revise                                     | TASKDEF.json",
                "revise --tag x -                           | --tag x: write KEY=VALUE",
                "revise a b                                 | b",
                "revise --tag                               | --tag",
                "revise --yaml -                            | --yaml",
                "revise --access-point                      | --access-point",
            })
    void revise_exits_with_64_since_2_says_that_tags_are_refused(String use, String words) {
        assertThat(execute(use.strip().split(" "))).isEqualTo(64);

        assertThat(err.toString()).contains(words).doesNotContain("\tat ", "Exception");
    }

    @Test
    void the_document_has_every_page_as_it_is() throws IOException {
        var pages =
                Autopilot.commandLine().getSubcommands().entrySet().stream()
                        .map(command ->
                                "## %s%n%n```text%n%s```%n"
                                        .formatted(
                                                command.getKey(),
                                                command.getValue().getUsageMessage(Ansi.OFF)))
                        .collect(Collectors.joining("\n"));
        var file = root().resolve("docs/cli.md");
        var text = Files.readString(file);
        var whole = text.split("(?=## )", 2)[0] + pages;
        var made = root().resolve("local/target/cli.md");
        Files.writeString(made, whole);

        assertThat(text).as("cp local/target/cli.md docs/cli.md").isEqualTo(whole);
    }

    @Test
    void the_scripts_own_help_names_every_command() throws IOException {
        var script = Files.readString(root().resolve("autopilot"));

        assertThat(script.split("<<'TEXT'|\nTEXT\n", 3)[1].lines())
                .filteredOn(line -> line.matches("  [a-z]+ .*"))
                .extracting(line -> line.strip().split(" ", 2)[0])
                .containsExactlyElementsOf(COMMANDS);
    }

    private static Path root() {
        return Stream.of(Path.of(".."), Path.of(""))
                .filter(folder -> Files.exists(folder.resolve("template.yaml")))
                .findFirst()
                .orElseThrow();
    }

    private int execute(String... arguments) {
        return Autopilot.commandLine()
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(arguments);
    }
}
