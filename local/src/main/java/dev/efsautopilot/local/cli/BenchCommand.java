package dev.efsautopilot.local.cli;

import java.nio.file.Files;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** What the benchmark is asked for; it is a program of its own, built when this is right. */
@Command(
        name = "bench",
        description = {
            "Measure every function against a bare Java handler and Python.",
            "It takes about ten minutes, wants the machine for itself, and writes docs/performance.*."
        },
        mixinStandardHelpOptions = true,
        exitCodeListHeading = "%nExit status:%n",
        exitCodeList = {
            " 0:measured",
            " 1:something could not be built, started or measured",
            " 2:wrong arguments"
        })
public class BenchCommand implements Callable<Integer> {

    @Spec private CommandSpec spec = CommandSpec.create();

    @Option(
            names = "--rounds",
            paramLabel = "N",
            defaultValue = "5",
            description = "Starts of each; ${DEFAULT-VALUE} when left out.")
    private int rounds;

    @Option(
            names = "--events",
            paramLabel = "N",
            defaultValue = "30",
            description = "Warm events of each start; ${DEFAULT-VALUE} when left out.")
    private int events;

    @Option(
            names = "--only",
            paramLabel = "FUNCTION",
            description = "One function, by its folder; all when left out.")
    private String only = "";

    @Option(
            names = "--jvm",
            paramLabel = "OPTIONS",
            description = "More options of every JVM, to try them.")
    private String jvm = "";

    @Option(names = "--dry", description = "Write no files, only print.")
    private boolean dry;

    /** Checks what is asked for. */
    @Override
    public Integer call() throws Exception {
        new Bounds("--rounds", 1, 1_000).check(spec, rounds);
        new Bounds("--events", 1, 10_000).check(spec, events);
        if (!only.isEmpty() && !Files.isDirectory(Autopilot.root().resolve("functions/" + only))) {
            throw new ParameterException(
                    spec.commandLine(), "--only is a folder in functions/, not '" + only + "'");
        }
        return 0;
    }

    /** The command as it was given. */
    protected final CommandSpec spec() {
        return spec;
    }

    /** Starts of each. */
    protected final int rounds() {
        return rounds;
    }

    /** Warm events of each start. */
    protected final int events() {
        return events;
    }

    /** The one function's folder; "" for all. */
    protected final String only() {
        return only;
    }

    /** More options of every JVM. */
    protected final String jvm() {
        return jvm;
    }

    /** Whether no files are written. */
    protected final boolean dry() {
        return dry;
    }
}
