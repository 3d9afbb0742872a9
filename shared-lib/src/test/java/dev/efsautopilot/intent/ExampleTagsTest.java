package dev.efsautopilot.intent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.efsautopilot.plan.Result;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ExampleTagsTest {

    /** A value of words, in whichever quotes the language has; a reference stands for a name. */
    private static final Pattern WORDS = Pattern.compile("fs=[^\"'`\\n]+");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "cdk/orders-db.ts",
                "cloudformation/task-definition.yaml",
                "terraform/main.tf"
            })
    void each_example_asks_for_its_volume_in_words_that_are_understood(String example)
            throws IOException {
        var text = Files.readString(Path.of("../examples", example));
        var words = WORDS.matcher(text);
        assertThat(words.find()).isTrue();
        var value = words.group().replaceAll("\\$\\{[^}]+}", "name:storage").strip();

        var asked = VolumeIntent.parse(VolumeIntent.TAG_PREFIX + "data", value);

        assertThat(text).contains(VolumeIntent.TAG_PREFIX + "data");
        assertThat(asked).as(value).isInstanceOf(Result.Ok.class);
    }
}
