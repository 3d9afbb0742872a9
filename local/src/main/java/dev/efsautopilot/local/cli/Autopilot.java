package dev.efsautopilot.local.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.efsautopilot.local.stack.StartFailure;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import software.amazon.awssdk.core.exception.SdkException;

/** What {@code ./autopilot} runs when everything is built. */
@Command(
        name = "autopilot",
        description = "Keeps the data of Amazon ECS tasks on Amazon EFS.",
        mixinStandardHelpOptions = true,
        version = "1.0.0",
        synopsisSubcommandLabel = "COMMAND")
public final class Autopilot implements Runnable {

    /** Every command, in the order of the help. */
    static final List<String> COMMANDS =
            List.of(
                    "demo",
                    "local",
                    "status",
                    "plan",
                    "doctor",
                    "why",
                    "revise",
                    "event",
                    "bench",
                    "soak",
                    "test",
                    "completion",
                    "help");

    /** The system property that names the project's folder; {@code ./autopilot} sets it. */
    private static final String ROOT = "autopilot.root";

    @Spec private CommandSpec spec = CommandSpec.create();

    private Autopilot() {}

    /** Runs one command and exits with its status, which its help explains. */
    public static void main(String[] arguments) {
        System.exit(commandLine(arguments.length == 0 ? "" : arguments[0]).execute(arguments));
    }

    /**
     * With the one command that is asked for: those that pipelines run start in a fraction of a
     * second, and some of the others bring AWS's SDK.
     *
     * @param name the command; with any other word, and with help, all of them are there
     */
    private static CommandLine commandLine(String name) {
        return COMMANDS.contains(name) && !name.equals("help")
                ? settled(new CommandLine(new Autopilot()).addSubcommand(name, command(name)))
                : commandLine();
    }

    /** With every command. */
    static CommandLine commandLine() {
        var line = new CommandLine(new Autopilot());
        COMMANDS.forEach(name -> line.addSubcommand(name, command(name)));
        return settled(line);
    }

    /** Writes UTF-8 whatever the locale, since another charset would lose what is in a file. */
    private static CommandLine settled(CommandLine line) {
        return line.setExpandAtFiles(false) // a tag's value may begin with @
                .setOut(new PrintWriter(System.out, true, UTF_8))
                .setErr(new PrintWriter(System.err, true, UTF_8))
                .setExecutionExceptionHandler(
                        (failure, command, _) -> failed(failure, command.getErr()));
    }

    private static int failed(Exception failure, PrintWriter err) throws Exception {
        switch (failure) {
            case StartFailure start -> err.println("autopilot: " + start.getMessage());
            case SdkException sdk ->
                    err.println("autopilot: AWS could not be asked: " + Account.words(sdk));
            default -> throw failure;
        }
        return failure instanceof StartFailure ? 1 : 2;
    }

    private static Object command(String name) {
        return switch (name) {
            case "demo" -> new DemoCommand();
            case "local" -> new LocalCommand();
            case "status" -> new StatusCommand();
            case "plan" -> new PlanCommand();
            case "doctor" -> new DoctorCommand();
            case "why" -> new WhyCommand();
            case "revise" -> new ReviseCommand();
            case "event" -> new EventCommand();
            case "bench" -> new BenchCommand();
            case "soak" -> new SoakCommand();
            case "test" -> new TestCommand();
            case "completion" -> new CompletionCommand();
            case "help" -> new HelpCommand();
            default -> throw new IllegalArgumentException(name);
        };
    }

    static Path root() {
        return Path.of(System.getProperty(ROOT, "")).toAbsolutePath();
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Say which command to run.");
    }
}
