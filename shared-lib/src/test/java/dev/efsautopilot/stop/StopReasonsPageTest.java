package dev.efsautopilot.stop;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class StopReasonsPageTest {

    @Test
    void the_page_has_every_cause_as_the_code_has_it_and_no_other() throws IOException {
        var rows =
                Files.readAllLines(Path.of("../docs/stop-reasons.md")).stream()
                        .dropWhile(line -> !line.startsWith("| cause |"))
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
}
