package dev.efsautopilot.bench;

import dev.efsautopilot.bench.Subject.Flavour;
import dev.efsautopilot.local.stack.LocalAws;
import dev.efsautopilot.local.stack.LocalOptions;
import dev.efsautopilot.local.tasks.LifecycleTimes;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Measures every function and its yardsticks in turn, round after round, and reports. */
@Command(
        name = "bench",
        description = "Measure what an event costs, against a bare Java handler and Python.",
        mixinStandardHelpOptions = true)
public final class Bench implements Callable<Integer> {

    @Spec private CommandSpec spec = CommandSpec.create();

    @Option(names = "--rounds", defaultValue = "5", description = "Starts of each; 5 by default.")
    private int rounds;

    @Option(names = "--events", defaultValue = "30", description = "Warm events of each start; 30.")
    private int events;

    @Option(names = "--only", description = "One function's folder; all by default.")
    private String only = "";

    @Option(names = "--jvm", description = "More options of every JVM, to try them.")
    private String jvm = "";

    @Option(names = "--dry", description = "Write no files, only print.")
    private boolean dry;

    Bench() {}

    /** Runs it and exits with its status. */
    public static void main(String[] arguments) {
        System.exit(new CommandLine(new Bench()).execute(arguments));
    }

    @Override
    public Integer call() throws IOException {
        var root = Path.of(System.getProperty("autopilot.root", "")).toAbsolutePath();
        var out = spec.commandLine().getOut();
        var scratch = Files.createTempDirectory(root.resolve(".autopilot"), "bench-");
        try (var aws = LocalAws.start(LocalOptions.of(root).withTimes(LifecycleTimes.tests()))) {
            Ledger.make(aws);
            var measured = measure(subjects(root, aws, scratch), aws, out);
            var report = new Report(measured, rounds, events);
            out.print(report.table());
            out.flush();
            if (!dry) {
                report.write(root.resolve("docs"));
            }
        }
        return 0;
    }

    private List<Subject> subjects(Path root, LocalAws aws, Path scratch) {
        var subjects = new Subjects(root, aws, scratch, jvm);
        var made = new ArrayList<Subject>();
        made.add(subjects.bare());
        var world = new Events(aws, root);
        for (var function : new TreeSet<>(Subjects.HANDLERS.keySet())) {
            if (only.isEmpty() || only.equals(function)) {
                made.addAll(subjects.of(function, world.of(function)));
            }
        }
        return made;
    }

    private Map<Subject, Measured> measure(List<Subject> subjects, LocalAws aws, PrintWriter out) {
        var calls = new ConcurrentLinkedQueue<String>();
        aws.gateway().calls().addListener(call -> calls.add(call.operation()));
        var run = new Run(calls, events);
        var measured = new LinkedHashMap<Subject, Measured>();
        subjects.forEach(subject -> measured.put(subject, Measured.nothing()));
        // The local AWS warms up as well: it takes every event once before anything counts.
        subjects.stream()
                .filter(subject -> subject.flavour() == Flavour.ON_DEMAND)
                .forEach(subject -> run.of(subject, Measured.nothing()));
        for (int round = 1; round <= rounds; round++) {
            out.printf("round %d of %d%n", round, rounds);
            out.flush();
            measured.forEach(run::of);
        }
        return measured;
    }
}
