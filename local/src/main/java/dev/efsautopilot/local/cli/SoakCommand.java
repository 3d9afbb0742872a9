package dev.efsautopilot.local.cli;

import dev.efsautopilot.local.soak.Soak;
import dev.efsautopilot.local.stack.LocalAws;
import dev.efsautopilot.local.stack.LocalOptions;
import dev.efsautopilot.local.tasks.LifecycleTimes;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ThreadLocalRandom;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Plays random stories on an AWS that has a bad day; exits with 1 where one ends wrong. */
@Command(
        name = "soak",
        description =
                "Play random stories while calls fail and events get lost, and check their ends.",
        mixinStandardHelpOptions = true,
        exitCodeListHeading = "%nExit status:%n",
        exitCodeList = {
            " 0:every story ended as it should",
            " 1:one did not, or the local AWS could not be started",
            " 2:wrong arguments"
        })
final class SoakCommand implements Callable<Integer> {

    private static final int SEEDS = 1_000_000;

    @Spec private CommandSpec spec = CommandSpec.create();

    @Option(names = "--stories", defaultValue = "100", description = "How many (${DEFAULT-VALUE}).")
    private int stories;

    @Option(
            names = "--faults",
            defaultValue = "0.2",
            description = "The share of calls and events that go wrong (${DEFAULT-VALUE}).")
    private double faults;

    @Option(names = "--seed", description = "The first story; without it, any.")
    private Optional<Long> seed = Optional.empty();

    @Option(
            names = "--batch",
            defaultValue = "50",
            description = "How many stories share a cluster (${DEFAULT-VALUE}).")
    private int batch;

    @Option(
            names = "--parallel",
            defaultValue = "16",
            description = "How many are played at once (${DEFAULT-VALUE}).")
    private int parallel;

    @Override
    public Integer call() {
        new Bounds("--stories", 1, 1_000_000).check(spec, stories);
        new Bounds("--faults", 0, 1).check(spec, faults);
        new Bounds("--batch", 1, 1_000).check(spec, batch);
        new Bounds("--parallel", 1, 1_000).check(spec, parallel);
        var out = spec.commandLine().getOut();
        var first = seed.orElseGet(() -> (long) ThreadLocalRandom.current().nextInt(SEEDS));
        var root = Autopilot.root();
        var options =
                LocalOptions.of(root)
                        .withProgress(new ConsoleProgress(out))
                        .withTimes(LifecycleTimes.tests());
        try (var aws = LocalAws.start(options)) {
            aws.deploy();
            out.println("seed " + first);
            out.flush();
            var report =
                    new Soak(
                                    aws,
                                    root,
                                    line -> {
                                        out.println(line);
                                        out.flush();
                                    })
                            .run(first, stories, faults, batch, parallel);
            out.println(report);
            return report.wrong().isEmpty() ? 0 : 1;
        }
    }
}
