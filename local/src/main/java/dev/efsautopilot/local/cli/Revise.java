package dev.efsautopilot.local.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.PrintWriter;
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

    /** Writes UTF-8 whatever the locale, since another charset would lose what is in the file. */
    static CommandLine commandLine(ReviseCommand command) {
        return new CommandLine(command)
                .setCommandName("./autopilot revise")
                .setExpandAtFiles(false) // a tag's value may begin with @
                .setOut(new PrintWriter(System.out, true, UTF_8))
                .setErr(new PrintWriter(System.err, true, UTF_8));
    }
}
