package dev.efsautopilot.local.cli;

import picocli.CommandLine;

/**
 * The way to one command that costs little: it starts in a pipeline's every run, and needs neither
 * the other commands nor AWS's SDK.
 */
public final class Revise {

    private Revise() {}

    /** Runs {@code ./autopilot revise} with these arguments and exits with its status. */
    public static void main(String[] arguments) {
        System.exit(commandLine(new ReviseCommand()).execute(arguments));
    }

    /** A tag's value may begin with @, which picocli would read a file for. */
    static CommandLine commandLine(ReviseCommand command) {
        return new CommandLine(command)
                .setExpandAtFiles(false)
                .setCommandName("./autopilot revise");
    }
}
