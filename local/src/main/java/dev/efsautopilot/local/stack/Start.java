package dev.efsautopilot.local.stack;

import dev.efsautopilot.local.call.Principal;
import dev.efsautopilot.local.gateway.Gateway;
import dev.efsautopilot.local.gateway.GatewayOptions;
import dev.efsautopilot.local.lambda.DeployedEventFailures;
import dev.efsautopilot.local.lambda.DeployedFunctions;
import dev.efsautopilot.local.lambda.DeployedLogs;
import dev.efsautopilot.local.lambda.FunctionCatalog;
import dev.efsautopilot.local.lambda.FunctionLogs;
import dev.efsautopilot.local.lambda.FunctionServer;
import dev.efsautopilot.local.lambda.FunctionSpec;
import dev.efsautopilot.local.lambda.JavaRuntime;
import dev.efsautopilot.local.lambda.RuntimeClient;
import java.net.URI;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/** One start of the local AWS, step by step. */
final class Start {

    /** Where events come from that AWS itself would send. */
    static final String REPLAY_SOURCE = "local.aws";

    private final LocalOptions options;
    private final Teardown teardown;
    private final Workspace workspace;
    private final FunctionLogs functionLogs;
    private final Map<String, DeployedFunction> functions;
    private final Map<String, Principal> callers = new ConcurrentHashMap<>();

    Start(LocalOptions options, Teardown teardown) {
        this.options = options;
        this.teardown = teardown;
        this.workspace = teardown.add(Workspace.create(options.root()));
        this.functionLogs = teardown.add(new FunctionLogs(workspace.logs()));
        this.functions =
                DeployedFunction.in(options.root()).stream()
                        .collect(
                                Collectors.toMap(
                                        function -> function.name(options.stackName()),
                                        Function.identity()));
    }

    LocalAws run() {
        int port = options.port().isPresent() ? Ports.require(options.port().getAsInt()) : 0;
        URI emulator = URI.create("http://127.0.0.1:" + Ports.free());
        JavaRuntime runtime = runtime();
        FunctionServer server = teardown.add(functionServer(emulator, runtime));
        options.step(
                "start MiniStack",
                () ->
                        teardown.add(
                                        MiniStack.start(
                                                workspace,
                                                emulator,
                                                LocalAws.REGION,
                                                invocationUris(server)))
                                .awaitReady());
        functionLogs.listen(teardown.add(DeployedLogs.start(emulator, LocalAws.REGION)));
        Gateway gateway = teardown.add(Gateway.start(gatewayOptions(emulator, runtime), port));
        teardown.<AutoCloseable>add(server::forgetEvents);
        return new LocalAws(
                teardown, workspace, functionLogs, gateway, new Deployment(options, workspace));
    }

    private GatewayOptions gatewayOptions(URI emulator, JavaRuntime runtime) {
        return new GatewayOptions(
                emulator,
                LocalAws.REGION,
                LocalAws.ACCOUNT,
                REPLAY_SOURCE,
                options.times(),
                callers,
                runtime::kill);
    }

    private JavaRuntime runtime() {
        Map<String, JavaRuntime.Home> homes =
                functions.entrySet().stream()
                        .collect(Collectors.toMap(Map.Entry::getKey, f -> home(f.getValue())));
        return new JavaRuntime(runtimeClient(), LocalAws.REGION, homes, functionLogs);
    }

    private FunctionServer functionServer(URI emulator, JavaRuntime runtime) {
        return FunctionServer.start(
                introducing(new DeployedFunctions(emulator, LocalAws.REGION)),
                runtime,
                functionLogs,
                new DeployedEventFailures(emulator, LocalAws.REGION),
                options.concurrency());
    }

    /** The gateway learns a function's role before the function's first process starts. */
    private FunctionCatalog introducing(FunctionCatalog catalog) {
        return wanted -> {
            FunctionSpec spec = catalog.describe(wanted);
            DeployedFunction function = functions.get(spec.name());
            if (function != null) {
                callers.put(function.accessKeyId(), new Principal(spec.roleArn(), spec.name()));
            }
            return spec;
        };
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

    private Map<String, URI> invocationUris(FunctionServer server) {
        return functions.keySet().stream()
                .collect(Collectors.toMap(Function.identity(), server::invocationUri));
    }
}
