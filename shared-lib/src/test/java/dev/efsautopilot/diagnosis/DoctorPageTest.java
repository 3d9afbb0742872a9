package dev.efsautopilot.diagnosis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.efsautopilot.json.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The page says what the code and the template say. */
final class DoctorPageTest {

    private static final Path PAGE = Path.of("../docs/doctor.md");
    private static final Path TEMPLATE = Path.of("../template.yaml");

    @Test
    void the_page_has_every_check_in_their_order() throws IOException {
        var checks = rows().stream().map(line -> line.substring(3, line.indexOf('`', 3)));

        assertThat(checks)
                .containsExactlyElementsOf(Arrays.stream(Check.values()).map(Check::word).toList());
    }

    @Test
    void the_page_names_each_action_that_the_function_may_take_and_no_other() throws IOException {
        var function =
                Files.readString(TEMPLATE)
                        .replaceAll("(?s).*\n  DoctorFunction:(.*?)\n      Events:.*", "$1");

        assertThat(actions(String.join("\n", rows())))
                .isEqualTo(actions(function))
                .allMatch(action -> action.matches("[a-z0-9]+:(Describe|Get|List|Simulate)\\w+"));
    }

    @Test
    void the_picture_on_the_page_is_what_the_code_draws() throws IOException {
        try (var sample = DoctorPageTest.class.getResourceAsStream("broken.json")) {
            var findings = Json.MAPPER.readTree(Objects.requireNonNull(sample));
            var drawn =
                    DiagnosisPicture.of(
                            "task 3d692affacf94747a2b6223809bd6ae9", Diagnosis.parse(findings));

            assertThat(PAGE.resolveSibling("doctor.svg")).content().isEqualTo(drawn);
        }
    }

    private static List<String> rows() throws IOException {
        return Files.readAllLines(PAGE).stream().filter(line -> line.startsWith("| `")).toList();
    }

    private static Set<String> actions(String text) {
        var found = new TreeSet<String>();
        Pattern.compile("(?:ecs|ec2|elasticfilesystem|s3files|iam|cloudwatch):[A-Z]\\w+")
                .matcher(text)
                .results()
                .map(MatchResult::group)
                .forEach(found::add);
        return found;
    }
}
