package dev.efsautopilot.function;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SettingsTest {

    @Test
    void an_empty_environment_gives_the_defaults() {
        var settings = Settings.of(Map.of());

        assertThat(settings.defaultRerun()).isEqualTo("off");
        assertThat(settings.defaultFileSystem()).isEmpty();
        assertThat(settings.deleteAccessPoints()).isFalse();
        assertThat(settings.retention()).isEqualTo(Duration.ofDays(30));
        assertThat(settings.uidRange()).isEqualTo(new Settings.IdRange(50000, 59999));
        assertThat(settings.endpoint()).isEmpty();
    }

    @Test
    void an_endpoint_that_is_blank_is_none() {
        assertThat(Settings.of(Map.of("ENDPOINT_URL", " ")).endpoint()).isEmpty();
        assertThat(Settings.of(Map.of("ENDPOINT_URL", "http://127.0.0.1:1")).endpoint())
                .contains(URI.create("http://127.0.0.1:1"));
    }

    @Test
    void tags_and_file_systems_are_words() {
        var settings =
                Settings.of(
                        Map.of(
                                "ACCESS_POINT_TAGS", "team=orders  cost-centre=a=7",
                                "S3_FILE_SYSTEMS", "arn:1, arn:2"));

        assertThat(settings.accessPointTags())
                .isEqualTo(Map.of("team", "orders", "cost-centre", "a=7"));
        assertThat(settings.s3FileSystems()).containsExactlyInAnyOrder("arn:1", "arn:2");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"orders", "=x", "aws:x=1", "efs-autopilot/managed=x", "a=1 a=2", "a=1 b=é"})
    void tags_of_access_points_are_none_of_aws_or_ours_and_each_once(String tags) {
        assertThatThrownBy(() -> Settings.of(Map.of("ACCESS_POINT_TAGS", tags)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("ACCESS_POINT_TAGS has '");
    }

    @ParameterizedTest
    @CsvSource({"ACCESS_POINT_TAGS, AccessPointTags", "S3_FILE_SYSTEMS, S3FileSystems"})
    void the_template_gives_each_parameter_to_the_functions(String variable, String parameter)
            throws IOException {
        var template = Files.readString(Path.of("../template.yaml"));

        assertThat(template)
                .contains("\n  " + parameter + ":\n    Description: ")
                .contains("        " + variable + ": !Ref " + parameter + "\n");
    }

    @Test
    void every_wrong_variable_is_named_at_once() {
        assertThatThrownBy(() ->
                        Settings.of(
                                Map.of(
                                        "MANAGE_EGRESS", "yes",
                                        "RETENTION_DAYS", "a month",
                                        "UID_RANGE", "60000-50000")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("MANAGE_EGRESS is 'yes'")
                .hasMessageContaining("RETENTION_DAYS is 'a month'")
                .hasMessageContaining("UID_RANGE is '60000-50000'");
    }
}
