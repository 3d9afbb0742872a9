package dev.efsautopilot.local.stack;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The SAM CLI of the project's virtual environment, on the project's own template. */
final class SamCli {

    private static final int LAST_LINES = 20;

    private final Workspace workspace;
    private final String region;

    SamCli(Workspace workspace, String region) {
        this.workspace = workspace;
        this.region = region;
    }

    /** Makes {@code .aws-sam/build} of a template's sources, as a user's {@code sam build} does. */
    void build(Path template) {
        Path log = workspace.logs().resolve("sam-build.log");
        List<String> arguments =
                List.of(
                        "build",
                        "--template-file",
                        template.toString(),
                        "--build-dir",
                        workspace.build().toString());
        if (run(arguments, Map.of(), log) != 0) {
            throw new StartFailure("sam build failed, see " + log + "\n" + tail(log));
        }
    }

    /**
     * Deploys the built template through CloudFormation and waits for the end.
     *
     * @param endpoint the local AWS
     * @param stack what it makes
     * @param parameters the stack's parameters
     */
    void deploy(URI endpoint, DeployedStack stack, Map<String, String> parameters) {
        Path log = workspace.logs().resolve("sam-deploy.log");
        List<String> arguments =
                new ArrayList<>(
                        List.of(
                                "deploy",
                                "--template-file",
                                workspace.build().resolve("template.yaml").toString(),
                                "--stack-name",
                                stack.name(),
                                "--region",
                                region,
                                "--resolve-s3",
                                "--no-confirm-changeset",
                                "--no-fail-on-empty-changeset",
                                "--no-progressbar",
                                "--capabilities",
                                "CAPABILITY_IAM",
                                "CAPABILITY_NAMED_IAM",
                                "CAPABILITY_AUTO_EXPAND",
                                "--parameter-overrides"));
        parameters.forEach((name, value) -> arguments.add(name + "=\"" + value + "\""));
        Map<String, String> credentials =
                Map.of(
                        "AWS_ENDPOINT_URL",
                        endpoint.toString(),
                        "AWS_ACCESS_KEY_ID",
                        "local",
                        "AWS_SECRET_ACCESS_KEY",
                        "local",
                        "AWS_DEFAULT_REGION",
                        region);
        if (run(arguments, credentials, log) != 0) {
            throw new StartFailure(
                    "the deployment failed, see " + log + "\n" + reasons(stack, log));
        }
    }

    private static String reasons(DeployedStack stack, Path log) {
        List<String> failures = stack.failures();
        return failures.isEmpty() ? tail(log) : "  " + String.join("\n  ", failures);
    }

    private int run(List<String> arguments, Map<String, String> more, Path log) {
        List<String> command = new ArrayList<>();
        command.add(workspace.sam().toString());
        command.addAll(arguments);
        Map<String, String> environment = new HashMap<>(more);
        environment.put("SAM_CLI_TELEMETRY", "0");
        environment.put("SAM_CLI_CHECK_NEW_VERSION", "0");
        // It would wait 5 seconds between two looks.
        environment.put("SAM_CLI_POLL_DELAY", "0.2");
        // Whatever it or the build would keep in the home folder stays in the run's own.
        environment.put("__SAM_CLI_APP_DIR", workspace.run().resolve("sam").toString());
        environment.put("TMPDIR", workspace.scratch().toString());
        environment.put("AWS_CONFIG_FILE", "/dev/null");
        environment.put("AWS_SHARED_CREDENTIALS_FILE", "/dev/null");
        environment.put("JAVA_HOME", System.getProperty("java.home"));
        try (Child sam = Child.start(command, workspace.root(), environment, log)) {
            return sam.exitStatus();
        }
    }

    /** An old Maven on a new Java complains about itself. */
    private static boolean tells(String line) {
        return !line.isBlank() && !line.contains("WARNING: ");
    }

    private static String tail(Path log) {
        try (var lines = Files.lines(log)) {
            List<String> found = lines.filter(SamCli::tells).toList();
            return found.subList(Math.max(0, found.size() - LAST_LINES), found.size()).stream()
                    .collect(Collectors.joining("\n  ", "  ", ""))
                    .stripTrailing();
        } catch (IOException e) {
            throw new UncheckedIOException("log " + log, e);
        }
    }
}
