package dev.efsautopilot.local.stack;

import java.net.URI;
import java.util.HashMap;
import java.util.Map;

/** Brings the project onto the local AWS. */
final class Deployment {

    private final LocalOptions options;
    private final SamCli sam;

    Deployment(LocalOptions options, Workspace workspace) {
        this.options = options;
        this.sam = new SamCli(workspace, LocalAws.REGION);
    }

    /** Builds, deploys, and returns the stack's outputs. */
    Map<String, String> run(URI endpoint) {
        try (var stack = new DeployedStack(options.stackName(), endpoint, LocalAws.REGION)) {
            options.step(
                    "build the functions",
                    () -> sam.build(options.root().resolve(options.template())));
            options.step(
                    "deploy " + options.template(),
                    () -> sam.deploy(endpoint, stack, parameters(endpoint)));
            return stack.outputs();
        }
    }

    private Map<String, String> parameters(URI endpoint) {
        Map<String, String> parameters = new HashMap<>();
        parameters.put("EndpointUrl", endpoint.toString());
        parameters.put("ReplaySource", Start.REPLAY_SOURCE);
        parameters.put("SweepSchedule", "rate(1 minute)");
        parameters.putAll(options.parameters());
        return parameters;
    }
}
