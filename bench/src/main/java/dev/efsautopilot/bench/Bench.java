package dev.efsautopilot.bench;

import dev.efsautopilot.bench.Subject.Flavour;
import dev.efsautopilot.local.cli.BenchCommand;
import dev.efsautopilot.local.stack.LocalAws;
import dev.efsautopilot.local.stack.LocalOptions;
import dev.efsautopilot.local.tasks.LifecycleTimes;
import dev.efsautopilot.rehearsal.Stage;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentLinkedQueue;
import picocli.CommandLine;

/** Measures every function and its yardsticks in turn, round after round, and reports. */
public final class Bench extends BenchCommand {

    Bench() {}

    /** Runs it and exits with its status. */
    public static void main(String[] arguments) {
        System.exit(new CommandLine(new Bench()).execute(arguments));
    }

    @Override
    public Integer call() throws Exception {
        super.call();
        var root = Path.of(System.getProperty("autopilot.root", "")).toAbsolutePath();
        var out = spec().commandLine().getOut();
        if (pure()) {
            return PureBench.run(root, !dry(), out) ? 0 : 1;
        }
        var scratch = Files.createTempDirectory(root.resolve(".autopilot"), "bench-");
        if (scale() > 0) {
            scale(root, scratch, out);
            return 0;
        }
        try (var aws = LocalAws.start(LocalOptions.of(root).withTimes(LifecycleTimes.tests()))) {
            Ledger.make(aws);
            var measured = measure(subjects(root, aws, scratch), aws, out);
            var report = new Report(measured, rounds(), events());
            out.print(report.table());
            out.flush();
            if (!dry()) {
                report.write(root.resolve("docs"));
            }
        }
        return 0;
    }

    private void scale(Path root, Path scratch, PrintWriter out) throws IOException {
        try (var stage = Stage.open()) {
            var subjects = new Subjects(root, stage.address(), scratch, jvm());
            var table = new ScaleBench(root, subjects, scale()).table(only(), out);
            if (!dry()) {
                Page.put(root.resolve("docs"), "./autopilot bench --scale 10000", table);
            }
        }
    }

    private List<Subject> subjects(Path root, LocalAws aws, Path scratch) {
        var subjects = new Subjects(root, aws.endpoint(), scratch, jvm());
        var made = new ArrayList<Subject>();
        made.add(subjects.bare());
        var world = new Events(aws, root);
        for (var function : new TreeSet<>(Subjects.HANDLERS.keySet())) {
            if (only().isEmpty() || only().equals(function)) {
                var events = world.of(function);
                made.addAll(subjects.of(function, events));
                if (function.equals("nfs-ingress")) {
                    made.add(subjects.again(function, Events.same(events.get())));
                }
            }
        }
        return made;
    }

    private Map<Subject, Measured> measure(List<Subject> subjects, LocalAws aws, PrintWriter out) {
        var calls = new ConcurrentLinkedQueue<String>();
        aws.gateway().calls().addListener(call -> calls.add(call.operation()));
        var run = new Run(calls, events());
        var measured = new LinkedHashMap<Subject, Measured>();
        subjects.forEach(subject -> measured.put(subject, Measured.nothing()));
        // The local AWS warms up as well: it takes every event once before anything counts.
        subjects.stream()
                .filter(subject -> subject.flavour() == Flavour.ON_DEMAND)
                .forEach(subject -> run.of(subject, Measured.nothing()));
        for (int round = 1; round <= rounds(); round++) {
            out.printf("round %d of %d%n", round, rounds());
            out.flush();
            measured.forEach(run::of);
        }
        return measured;
    }
}
