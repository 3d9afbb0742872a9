package dev.efsautopilot.local.stack;

import dev.efsautopilot.local.lambda.DeployedFunctions;
import dev.efsautopilot.local.lambda.FunctionLogs;
import dev.efsautopilot.local.lambda.FunctionServer;
import dev.efsautopilot.local.lambda.JavaRuntime;
import dev.efsautopilot.local.lambda.RuntimeClient;
import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** One start of the local AWS, step by step. */
final class Start {

    private final LocalOptions options;
    private final Teardown teardown;
    private final Workspace workspace;
    private final FunctionLogs functionLogs;
    private final List<DeployedFunction> functions;

    Start(LocalOptions options, Teardown teardown) {
        this.options = options;
        this.teardown = teardown;
        this.workspace = teardown.add(Workspace.create(options.root()));
        this.functionLogs = teardown.add(new FunctionLogs(workspace.logs()));
        this.functions = DeployedFunction.in(options.root());
    }

    LocalAws run() {
        URI emulator = URI.create("http://127.0.0.1:" + port());
        FunctionServer server = teardown.add(functionServer(emulator));
        MiniStack miniStack =
                teardown.add(MiniStack.start(workspace, emulator, LocalAws.REGION, uris(server)));
        SamCli sam = new SamCli(workspace, LocalAws.REGION);
        // The build takes longer than the emulator's start: they go on together.
        step("build the functions", sam::build);
        step("start MiniStack", miniStack::awaitReady);
        URI endpoint = emulator;
        try (var stack = new DeployedStack(options.stackName(), endpoint, LocalAws.REGION)) {
            step("deploy template.yaml", () -> sam.deploy(endpoint, stack, parameters(endpoint)));
            return new LocalAws(
                    endpoint, functionLogs, workspace.logs(), stack.outputs(), teardown);
        }
    }

    private int port() {
        return options.port().isPresent() ? Ports.require(options.port().getAsInt()) : Ports.free();
    }

    private FunctionServer functionServer(URI emulator) {
        Map<String, JavaRuntime.Home> homes =
                functions.stream()
                        .collect(
                                Collectors.toMap(
                                        function -> function.name(options.stackName()),
                                        this::home));
        RuntimeClient client = RuntimeClient.unpack(workspace.runtimeClient(), workspace.scratch());
        return FunctionServer.start(
                new DeployedFunctions(emulator, LocalAws.REGION),
                new JavaRuntime(client, LocalAws.REGION, homes, functionLogs),
                functionLogs,
                options.concurrency());
    }

    private RuntimeClient runtimeClient() {
        try {
            return RuntimeClient.unpack(workspace.runtimeClient(), workspace.scratch());
        } catch (IllegalStateException e) {
            throw new StartFailure(String.valueOf(e.getMessage()), e);
        }
    }

    private JavaRuntime.Home home(DeployedFunction function) {
        return new JavaRuntime.Home(
                workspace.build().resolve(function.logicalId()), function.accessKeyId());
    }

    private Map<String, URI> uris(FunctionServer server) {
        return functions.stream()
                .map(function -> function.name(options.stackName()))
                .collect(Collectors.toMap(Function.identity(), server::invocationUri));
    }

    private Map<String, String> parameters(URI endpoint) {
        Map<String, String> parameters = new HashMap<>();
        parameters.put("EndpointUrl", endpoint.toString());
        parameters.put("ReplaySource", "local.aws");
        parameters.put("SweepSchedule", "rate(1 minute)");
        parameters.putAll(options.parameters());
        return parameters;
    }

    private void step(String name, Runnable work) {
        options.progress().began(name);
        long began = System.nanoTime();
        try {
            work.run();
        } catch (RuntimeException e) {
            options.progress().failed(name);
            throw e;
        }
        options.progress().done(name, Duration.ofNanos(System.nanoTime() - began));
    }
}
