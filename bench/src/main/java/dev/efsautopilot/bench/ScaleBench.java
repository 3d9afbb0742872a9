package dev.efsautopilot.bench;

import dev.efsautopilot.bench.Subject.Flavour;
import dev.efsautopilot.local.lambda.Probe;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Thousands of events through one process: whether the last ones take as long as the first ones,
 * and as much memory. AWS is played by fixed answers, so that nothing but the function can grow.
 */
final class ScaleBench {

    /** Each function's main event. */
    private static final Map<String, String> EVENTS =
            new TreeMap<>(
                    Map.of(
                            "access-points", "access-point-requested",
                            "volumes", "register-task-definition",
                            "nfs-ingress", "task-pending",
                            "task-rerun", "task-stopped-spot",
                            "doctor", "http-diagnosis",
                            "sweep", "sweep-scheduled"));

    /** Until then the JVM compiles. */
    private static final int WARM_UP = 200;

    private final Path root;
    private final Subjects subjects;
    private final int events;

    /**
     * A bench of so many events.
     *
     * @param events through each function, at least a thousand
     */
    ScaleBench(Path root, Subjects subjects, int events) {
        this.root = root;
        this.subjects = subjects;
        this.events = events;
    }

    /** What a part of the events took, in milliseconds, and the memory at its end, in MB. */
    private record Part(double p50, double cpu, double memory) {}

    /** Measures every function, or one, and returns the table. */
    String table(String only, PrintWriter out) throws IOException {
        var table =
                new StringBuilder(
                        Page.row(
                                List.of(
                                        "event",
                                        "events",
                                        "p50 of the first 1,000",
                                        "of the last",
                                        "CPU/event",
                                        "of the last",
                                        "MB after 1,000",
                                        "at the end")));
        table.append("| --- |").append(" ---: |".repeat(7)).append('\n');
        for (var function : EVENTS.keySet()) {
            if (only.isEmpty() || only.equals(function)) {
                var row = row(function);
                out.print(row);
                out.flush();
                table.append(row);
            }
        }
        return table.toString();
    }

    private String row(String function) throws IOException {
        var file = root.resolve("events/" + EVENTS.get(function) + ".json");
        var event = Files.readString(file);
        var subject =
                subjects.of(function, () -> event).stream()
                        .filter(one -> one.flavour() == Flavour.ON_DEMAND)
                        .findFirst()
                        .orElseThrow();
        try (var probe = Probe.start("arn:bench:" + function, subject.process())) {
            part(probe, event, 0, WARM_UP);
            var first = part(probe, event, WARM_UP, 1000);
            part(probe, event, 1000, events - 1000);
            var last = part(probe, event, events - 1000, events);
            return Page.row(
                    List.of(
                            EVENTS.get(function),
                            Integer.toString(events),
                            Page.number(first.p50(), 2),
                            Page.number(last.p50(), 2),
                            Page.number(first.cpu(), 2),
                            Page.number(last.cpu(), 2),
                            Page.number(first.memory(), 0),
                            Page.number(last.memory(), 0)));
        }
    }

    private static Part part(Probe probe, String event, int from, int to) {
        var took = new Samples();
        var ticks = Run.ticks(probe.process());
        for (int number = from; number < to; number++) {
            took.add(probe.invoke(numbered(event, number)).toNanos() / 1e6);
        }
        var cpu = (Run.ticks(probe.process()) - ticks) * Run.TICK_MS / Math.max(1, to - from);
        return new Part(took.median(), cpu, Run.status(probe.process(), "VmRSS") / 1024.0);
    }

    /** Another task of another revision, and another volume: what a memory could grow by. */
    private static String numbered(String event, int number) {
        return event.replaceAll("[0-9a-f]{32}", "%032x".formatted(number))
                .replaceAll("(task-definition/[\\w-]+):\\d+", "$1:" + (number + 1))
                .replaceAll("(\"volume\": *\")[\\w-]+", "$1data" + number);
    }
}
