package dev.efsautopilot.local.it;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TemplateIT {

    @Test
    void sam_finds_nothing_wrong_with_the_template() throws Exception {
        assertThat(tool("venv/bin/sam", "validate", "--lint", "--region", "eu-west-1"))
                .contains("is a valid SAM Template");
    }

    @Test
    void cfn_lint_finds_nothing_wrong_with_the_templates() throws Exception {
        assertThat(
                        tool(
                                "venv/bin/cfn-lint",
                                "template.yaml",
                                "examples/storage.yaml",
                                "examples/forward.yaml",
                                "examples/receive.yaml",
                                "examples/kms-key.yaml",
                                "examples/nested/template.yaml",
                                "examples/cloudformation/task-definition.yaml"))
                .isEmpty();
    }

    /** What is excepted, and why, is in {@code .checkov.yaml}. */
    @Test
    void checkov_finds_nothing_unsafe_in_the_templates() throws Exception {
        assertThat(tool("checkov-venv/bin/checkov", "--config-file", ".checkov.yaml"))
                .contains("Failed checks: 0, Skipped checks: 0")
                .doesNotContain("Passed checks: 0");
    }

    private static String tool(String name, String... arguments)
            throws IOException, InterruptedException {
        var command = new ArrayList<>(List.of(Site.ROOT.resolve(".autopilot/" + name).toString()));
        command.addAll(List.of(arguments));
        var builder =
                new ProcessBuilder(command).directory(Site.ROOT.toFile()).redirectErrorStream(true);
        builder.environment()
                .putAll(
                        Map.of(
                                "SAM_CLI_TELEMETRY",
                                "0",
                                "__SAM_CLI_APP_DIR",
                                Site.ROOT.resolve(".autopilot/sam").toString()));
        var process = builder.start();
        var output = new String(process.getInputStream().readAllBytes(), UTF_8);
        assertThat(process.waitFor()).as(output).isZero();
        return output;
    }
}
