package dev.efsautopilot.local.lambda;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Starts a function as the managed Java runtime does: the runtime interface client alone on the
 * class path, in the function's folder, from which it loads the handler and {@code lib/*.jar}. A
 * function that brings a {@code bootstrap} is a custom runtime of its own, and is started with it.
 *
 * @see <a href="https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars.html">Lambda's
 *     environment variables</a>
 */
public final class JavaRuntime implements Sandbox.Launcher {

    private static final String CLIENT = "com.amazonaws.services.lambda.runtime.api.client.";

    /**
     * What a function process needs besides its deployed configuration.
     *
     * @param artifact the folder that {@code sam build} made of it
     * @param accessKeyId who it is on the local AWS
     */
    public record Home(Path artifact, String accessKeyId) {}

    private final RuntimeClient client;
    private final String region;
    private final Map<String, Home> homes;
    private final FunctionLogs logs;
    private final Map<String, Sandbox> running = new ConcurrentHashMap<>();

    /**
     * A runtime for functions of this machine.
     *
     * @param client the runtime interface client
     * @param region the functions' region
     * @param homes the home of a function, by its name
     * @param logs takes what the processes print
     */
    public JavaRuntime(
            RuntimeClient client, String region, Map<String, Home> homes, FunctionLogs logs) {
        this.client = client;
        this.region = region;
        this.homes = Map.copyOf(homes);
        this.logs = logs;
    }

    /**
     * How a function's process is started: its command, folder and environment.
     *
     * @param runtimeApi {@code host:port} of the Runtime API that this process alone uses
     */
    public ProcessBuilder process(FunctionSpec function, String runtimeApi) {
        Home home = homes.get(function.name());
        if (home == null) {
            throw new IllegalArgumentException("no function " + function.name() + " was built");
        }
        Path bootstrap = home.artifact().resolve("bootstrap");
        ProcessBuilder builder =
                new ProcessBuilder(
                        Files.isExecutable(bootstrap)
                                ? List.of(bootstrap.toString())
                                : command(function));
        builder.directory(home.artifact().toFile()).redirectErrorStream(true);
        builder.environment().keySet().retainAll(List.of("PATH", "HOME", "TMPDIR"));
        builder.environment().putAll(environment(function, home, runtimeApi));
        return builder;
    }

    @Override
    public Sandbox launch(FunctionSpec function, String runtimeApi) {
        ProcessBuilder builder = process(function, runtimeApi);
        String token = UUID.randomUUID().toString();
        builder.environment().put("AWS_SESSION_TOKEN", token);
        try {
            Process process = builder.start();
            // Reading a pipe pins a virtual thread's carrier: a few functions would stop the
            // gateway.
            Thread.ofPlatform()
                    .daemon()
                    .name(function.name())
                    .start(() -> copyOutput(function, process));
            Sandbox sandbox = new JavaProcess(process);
            running.put(token, sandbox);
            var _ = sandbox.ended().thenRun(() -> running.remove(token));
            return sandbox;
        } catch (IOException e) {
            throw new UncheckedIOException("can't start " + function.name(), e);
        }
    }

    /**
     * Kills a function's process, as AWS does with an environment whose host is lost.
     *
     * @param sessionToken what it signs its calls with; nothing happens where it has ended
     */
    public void kill(String sessionToken) {
        Sandbox sandbox = running.get(sessionToken);
        if (sandbox != null) {
            sandbox.kill();
        }
    }

    private List<String> command(FunctionSpec function) {
        return List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:MaxHeapSize=" + function.memoryMb() * 8L / 10 + "m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Xshare:auto",
                "-XX:-UsePerfData",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-Djava.net.preferIPv4Stack=true",
                "-Dorg.crac.Core.Compat=com.amazonaws.services.lambda.crac",
                "-D" + CLIENT + "runtimeapi.NativeClient.JNI=" + client.library(),
                "-cp",
                client.jars() + "/*",
                CLIENT + "AWSLambda",
                function.handler());
    }

    private Map<String, String> environment(FunctionSpec function, Home home, String runtimeApi) {
        Map<String, String> variables = new HashMap<>(function.environment());
        variables.putAll(
                Map.ofEntries(
                        Map.entry("_HANDLER", function.handler()),
                        Map.entry("AWS_LAMBDA_RUNTIME_API", runtimeApi),
                        Map.entry("AWS_REGION", region),
                        Map.entry("AWS_DEFAULT_REGION", region),
                        Map.entry("AWS_EXECUTION_ENV", "AWS_Lambda_java25"),
                        Map.entry("AWS_LAMBDA_INITIALIZATION_TYPE", "on-demand"),
                        Map.entry("AWS_LAMBDA_FUNCTION_NAME", function.name()),
                        Map.entry("AWS_LAMBDA_FUNCTION_VERSION", function.version()),
                        Map.entry(
                                "AWS_LAMBDA_FUNCTION_MEMORY_SIZE",
                                Integer.toString(function.memoryMb())),
                        Map.entry("AWS_LAMBDA_LOG_GROUP_NAME", "/aws/lambda/" + function.name()),
                        Map.entry("AWS_LAMBDA_LOG_FORMAT", "JSON"),
                        Map.entry("AWS_ACCESS_KEY_ID", home.accessKeyId()),
                        Map.entry("AWS_SECRET_ACCESS_KEY", "local"),
                        Map.entry("AWS_SESSION_TOKEN", "local"),
                        Map.entry("LAMBDA_TASK_ROOT", home.artifact().toString()),
                        Map.entry("LAMBDA_RUNTIME_DIR", client.jars().toString()),
                        Map.entry("LANG", "en_US.UTF-8"),
                        Map.entry("TZ", ":UTC")));
        return variables;
    }

    private void copyOutput(FunctionSpec function, Process process) {
        try (var output =
                new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8))) {
            output.lines().forEach(line -> logs.write(function.name(), line));
        } catch (IOException | UncheckedIOException e) {
            logs.write(function.name(), "output lost: " + e.getMessage());
        }
    }

    private record JavaProcess(Process process) implements Sandbox {

        @Override
        public void kill() {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }

        @Override
        public CompletionStage<Integer> ended() {
            CompletableFuture<Process> exit = process.onExit();
            return exit.thenApply(Process::exitValue);
        }
    }
}
