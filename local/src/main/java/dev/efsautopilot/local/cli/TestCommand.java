package dev.efsautopilot.local.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The tests rebuild what this would run from: {@code ./autopilot} gives them to Maven itself. */
@Command(
        name = "test",
        description = {
            "Run the formatter's check, static analysis, the unit tests and the integration tests.",
            "Maven shows what goes on. It takes some minutes."
        },
        mixinStandardHelpOptions = true,
        exitCodeListHeading = "%nExit status:%n",
        exitCodeList = {" 0:all is well", " 1:something is not", " 2:wrong arguments"})
final class TestCommand implements Runnable {

    @Spec private CommandSpec spec = CommandSpec.create();

    @Override
    public void run() {
        throw new ParameterException(
                spec.commandLine(), "The tests are run by the script: ./autopilot test");
    }
}
