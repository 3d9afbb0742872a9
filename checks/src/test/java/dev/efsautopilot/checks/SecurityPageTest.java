package dev.efsautopilot.checks;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** docs/security.md claims nothing that no test shows. */
class SecurityPageTest {

    private static final Path ROOT = Path.of("..");
    private static final Pattern TEST = Pattern.compile("`(\\w+(?:Test|IT))`");

    private static Set<String> tests() throws IOException {
        try (var files = Files.walk(ROOT)) {
            return files.map(Path::toString)
                    .filter(file -> file.contains("src/test/java"))
                    .filter(file -> file.endsWith(".java"))
                    .map(file -> file.replaceFirst(".*/(\\w+)\\.java", "$1"))
                    .collect(Collectors.toSet());
        }
    }

    @Test
    void each_row_names_tests_that_are_there() throws IOException {
        var tests = tests();
        var rows =
                Files.readAllLines(ROOT.resolve("docs/security.md")).stream()
                        .filter(line -> line.startsWith("| "))
                        .skip(2)
                        .toList();

        assertThat(rows).hasSizeGreaterThan(5);
        for (var row : rows) {
            List<String> named =
                    TEST.matcher(row).results().map((MatchResult found) -> found.group(1)).toList();
            assertThat(named).as(row).isNotEmpty();
            assertThat(tests).as(row).containsAll(named);
        }
    }

    @Test
    void each_attack_is_on_the_page() throws IOException {
        var page = Files.readString(ROOT.resolve("docs/security.md"));

        assertThat(tests())
                .filteredOn(test -> test.endsWith("AttackTest"))
                .isNotEmpty()
                .allMatch(page::contains);
    }
}
