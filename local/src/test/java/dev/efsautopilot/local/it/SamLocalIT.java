package dev.efsautopilot.local.it;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.efsautopilot.json.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * {@code sam local invoke} as the README has it, where a Docker daemon is there with the image that
 * the SAM CLI has made of the runtime's; a machine without them skips this.
 */
class SamLocalIT {

    private static final String IMAGE = "public.ecr.aws/lambda/java:25";

    private static final String ARCH =
            System.getProperty("os.arch").equals("aarch64") ? "arm64" : "x86_64";

    @TempDir private static Path folder = Path.of("");

    @BeforeAll
    static void docker() throws IOException, InterruptedException {
        assumeTrue(succeeds("docker", "version"), "there is no Docker daemon here");
        assumeTrue(
                succeeds("docker", "image", "inspect", IMAGE + "-" + ARCH),
                "there is no image " + IMAGE + "-" + ARCH + " here: docker pull it");
    }

    @Test
    void an_event_that_needs_no_aws_is_answered_by_its_function() throws Exception {
        var built = folder.resolve("build");
        sam("build", "--template-file", "template.yaml", "--build-dir", built.toString());
        // Without emulation Docker runs images of this machine's own processor only.
        var template = built.resolve("template.yaml");
        Files.writeString(template, Files.readString(template).replace("- arm64", "- " + ARCH));

        var answer =
                sam(
                        "local",
                        "invoke",
                        "TaskRerunFunction",
                        "--template-file",
                        template.toString(),
                        "--event",
                        "events/task-spot-warning.json",
                        "--skip-pull-image");

        // The last line is what the function gives back; before it are its log and Lambda's own.
        var told = Json.MAPPER.readTree(answer.lines().toList().getLast());
        assertThat(told.path("why").textValue()).as(answer).contains("RUNNING");
    }

    private static String sam(String... arguments) throws IOException, InterruptedException {
        var command =
                new ArrayList<>(List.of(Site.ROOT.resolve(".autopilot/venv/bin/sam").toString()));
        command.addAll(List.of(arguments));
        var builder = new ProcessBuilder(command).directory(Site.ROOT.toFile());
        builder.environment()
                .putAll(
                        Map.of(
                                "SAM_CLI_TELEMETRY",
                                "0",
                                "AWS_REGION",
                                "eu-west-1",
                                "AWS_ACCESS_KEY_ID",
                                "local",
                                "AWS_SECRET_ACCESS_KEY",
                                "local",
                                "__SAM_CLI_APP_DIR",
                                Site.ROOT.resolve(".autopilot/sam").toString()));
        var errors = Files.createTempFile(folder, "sam", ".log");
        var process = builder.redirectError(errors.toFile()).start();
        var output = new String(process.getInputStream().readAllBytes(), UTF_8);
        assertThat(process.waitFor()).as(output + Files.readString(errors)).isZero();
        return output;
    }

    private static boolean succeeds(String... command) throws InterruptedException {
        try {
            var process =
                    new ProcessBuilder(command)
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start();
            return process.waitFor(20, TimeUnit.SECONDS) && process.exitValue() == 0;
        } catch (IOException noDocker) {
            return false;
        }
    }
}
