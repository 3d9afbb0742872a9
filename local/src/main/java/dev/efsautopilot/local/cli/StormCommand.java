package dev.efsautopilot.local.cli;

import dev.efsautopilot.local.fault.Faults;
import dev.efsautopilot.local.stack.LocalAws;
import dev.efsautopilot.local.stack.LocalOptions;
import dev.efsautopilot.local.storm.Storm;
import dev.efsautopilot.local.tasks.LifecycleTimes;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Loses many tasks at once, and exits with 1 where not each was run again once. */
@Command(
        name = "storm",
        description =
                "Lose many tasks at once on a local AWS that throttles, and count their re-runs.",
        mixinStandardHelpOptions = true)
final class StormCommand implements Callable<Integer> {

    private static final Duration LONGEST = Duration.ofHours(1);

    @Spec private CommandSpec spec = CommandSpec.create();

    @Option(names = "--tasks", defaultValue = "5000", description = "How many tasks are lost.")
    private int tasks = 5000;

    @Option(
            names = "--throttling",
            defaultValue = "0.2",
            description = "The share of the functions' calls that is throttled, from 0 to 1.")
    private double throttling = 0.2;

    @Option(
            names = "--concurrency",
            defaultValue = "10",
            description = "How many re-runs are worked on at once; the template's RerunConcurrency.")
    private int concurrency = 10;

    @Option(names = "--seed", defaultValue = "1", description = "Which calls are throttled.")
    private long seed = 1;

    @Override
    public Integer call() {
        var out = spec.commandLine().getOut();
        var options =
                LocalOptions.of(Autopilot.root())
                        .withTimes(LifecycleTimes.tests())
                        .withConcurrency(concurrency)
                        .withParameter("SweepSchedule", "rate(1 hour)")
                        .withProgress(new ConsoleProgress(out));
        try (var aws = LocalAws.start(options)) {
            aws.deploy();
            var storm =
                    new Storm(
                            aws,
                            tasks,
                            line -> {
                                out.println("  " + line);
                                out.flush();
                            });
            var faults = Faults.seeded(seed).throttling(throttling);
            var outcome = storm.blow(() -> aws.gateway().faults(faults)::close, LONGEST);
            out.println(outcome);
            out.flush();
            return outcome.exactlyOnce() ? 0 : 1;
        }
    }
}
