package dev.efsautopilot.local.cli;

import dev.efsautopilot.local.stack.LocalOptions;
import picocli.CommandLine.Option;

/** Which of the two templates a command deploys. */
final class Flavour {

    @Option(
            names = "--aot",
            description = "Deploy the second flavour, whose functions bring a JVM and its cache.")
    private boolean aot;

    /** {@code ./autopilot} has made the second template then. */
    LocalOptions of(LocalOptions options) {
        return aot ? options.withTemplate("template-aot.yaml") : options;
    }
}
