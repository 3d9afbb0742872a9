package dev.efsautopilot.local.cli;

import dev.efsautopilot.local.stack.StartFailure;
import java.nio.file.Path;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** What {@code ./autopilot} runs when everything is built. */
@Command(
        name = "autopilot",
        description = "The automation on an AWS of this machine's own.",
        mixinStandardHelpOptions = true,
        version = "1.0.0",
        subcommands = {
            DemoCommand.class,
            LocalCommand.class,
            DoctorCommand.class,
            WhyCommand.class,
            ReviseCommand.class,
            StormCommand.class
        },
        synopsisSubcommandLabel = "COMMAND")
public final class Autopilot implements Runnable {

    /** The system property that names the project's folder; {@code ./autopilot} sets it. */
    static final String ROOT = "autopilot.root";

    @Spec private CommandSpec spec = CommandSpec.create();

    Autopilot() {}

    /** Runs one command and exits with its status: 0, 1 for a failure, 2 for wrong arguments. */
    public static void main(String[] arguments) {
        System.exit(commandLine().execute(arguments));
    }

    static CommandLine commandLine() {
        return new CommandLine(new Autopilot())
                .setExecutionExceptionHandler((failure, command, _) -> {
                    if (failure instanceof StartFailure) {
                        command.getErr().println("autopilot: " + failure.getMessage());
                        return 1;
                    }
                    throw failure;
                });
    }

    static Path root() {
        return Path.of(System.getProperty(ROOT, "")).toAbsolutePath();
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Say which command to run.");
    }
}
