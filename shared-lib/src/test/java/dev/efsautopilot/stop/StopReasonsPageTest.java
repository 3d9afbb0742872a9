package dev.efsautopilot.stop;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class StopReasonsPageTest {

    @Test
    void the_page_has_every_cause_as_the_code_has_it_and_no_other() throws IOException {
        var rows =
                Files.readAllLines(Path.of("../docs/stop-reasons.md")).stream()
                        .dropWhile(line -> !line.startsWith("| cause |"))
                        .takeWhile(line -> !line.startsWith("#"))
                        .filter(line -> line.startsWith("| `"));

        assertThat(rows)
                .containsExactlyElementsOf(
                        Arrays.stream(StopCause.values())
                                .map(cause ->
                                        "| `%s` | `%s` | %s |"
                                                .formatted(
                                                        cause.word(),
                                                        cause.stopClass().word(),
                                                        cause.meaning()))
                                .toList());
    }

    @Test
    void the_page_has_every_row_of_the_table_of_mount_failures() throws IOException {
        var rows =
                Files.readAllLines(Path.of("../docs/stop-reasons.md")).stream()
                        .dropWhile(line -> !line.startsWith("| words |"))
                        .filter(line -> line.startsWith("| `"))
                        .map(line -> line.toLowerCase(Locale.ROOT));

        assertThat(rows)
                .containsExactlyElementsOf(
                        Stream.of(MountFailure.WRAPPERS, MountFailure.CAUSES)
                                .flatMap(List::stream)
                                .map(StopReasonsPageTest::line)
                                .toList());
    }

    private static String line(MountFailure.Row row) {
        return "| `%s` | %s | `%s` |"
                .formatted(
                        String.join("` … `", row.rule().fragments()),
                        row.source().toLowerCase(Locale.ROOT),
                        row.rule().cause().word());
    }
}
