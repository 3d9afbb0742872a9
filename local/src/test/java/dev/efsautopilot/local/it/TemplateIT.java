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
        assertThat(tool("sam", "validate", "--lint", "--region", "eu-west-1"))
                .contains("is a valid SAM Template");
    }

    @Test
    void cfn_lint_finds_nothing_wrong_with_the_templates() throws Exception {
        assertThat(
                        tool(
                                "cfn-lint",
                                "template.yaml",
                                "examples/storage.yaml",
                                "examples/forward.yaml",
                                "examples/receive.yaml",
                                "examples/kms-key.yaml",
                                "examples/nested/template.yaml",
                                "examples/cloudformation/task-definition.yaml"))
                .isEmpty();
    }

    private static String tool(String name, String... arguments)
            throws IOException, InterruptedException {
        var command =
                new ArrayList<>(
                        List.of(Site.ROOT.resolve(".autopilot/venv/bin/" + name).toString()));
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
