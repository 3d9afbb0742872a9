package dev.efsautopilot.diagnosis;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

final class DoctorPageTest {

    @Test
    void the_page_has_every_check_in_their_order() throws IOException {
        var checks =
                Files.readAllLines(Path.of("../docs/doctor.md")).stream()
                        .filter(line -> line.startsWith("| `"))
                        .map(line -> line.substring(3, line.indexOf('`', 3)));

        assertThat(checks)
                .containsExactlyElementsOf(Arrays.stream(Check.values()).map(Check::word).toList());
    }
}
