package dev.efsautopilot.local.stack;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalInt;

/**
 * How to start the local AWS.
 *
 * @param root the folder with {@code template.yaml} and {@code functions/}
 * @param port the port of the endpoint that users see; empty takes a free one
 * @param stackName the name of the deployed stack, which begins the functions' names
 * @param parameters stack parameters that differ from those of a local run
 * @param concurrency how many environments one function may have, at least 1
 * @param progress hears each step
 */
public record LocalOptions(
        Path root,
        OptionalInt port,
        String stackName,
        Map<String, String> parameters,
        int concurrency,
        Progress progress) {

    public LocalOptions {
        parameters = Map.copyOf(parameters);
    }

    /**
     * The defaults: a free port, the stack {@code ecs-efs-autopilot}, two environments a function.
     *
     * @param root the folder with {@code template.yaml} and {@code functions/}
     */
    public static LocalOptions of(Path root) {
        return new LocalOptions(
                root.toAbsolutePath().normalize(),
                OptionalInt.empty(),
                "ecs-efs-autopilot",
                Map.of(),
                2,
                Progress.SILENT);
    }

    /** The same with a port of the user's choice. */
    public LocalOptions withPort(OptionalInt value) {
        return new LocalOptions(root, value, stackName, parameters, concurrency, progress);
    }

    /** The same with one more stack parameter. */
    public LocalOptions withParameter(String name, String value) {
        Map<String, String> more = new HashMap<>(parameters);
        more.put(name, value);
        return new LocalOptions(root, port, stackName, more, concurrency, progress);
    }

    /** The same, heard by somebody. */
    public LocalOptions withProgress(Progress value) {
        return new LocalOptions(root, port, stackName, parameters, concurrency, value);
    }
}
