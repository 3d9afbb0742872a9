package dev.efsautopilot.bench;

import dev.efsautopilot.local.lambda.Probe;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Queue;

/** One life of one subject: start, first event, warm events. */
final class Run {

    /** The kernel's clock ticks, of 10 ms each on Linux: {@code sysconf(_SC_CLK_TCK)} is 100. */
    static final double TICK_MS = 10;

    private final Queue<String> calls;
    private final int warmEvents;

    /**
     * Runs that count calls.
     *
     * @param calls gets the operation of each call that reaches the local AWS
     * @param warmEvents how many events come after the first
     */
    Run(Queue<String> calls, int warmEvents) {
        this.calls = calls;
        this.warmEvents = warmEvents;
    }

    void of(Subject subject, Measured measured) {
        try (var probe = Probe.start("arn:bench:" + subject.function(), subject.process())) {
            var snapshot = subject.flavour().snapshot();
            measured.init().add(millis(snapshot ? probe.snapshot() : probe.ready()));
            measured.first().add(millis(probe.invoke(subject.events().get())));
            warm(subject, probe, measured);
            measured.peak().add(status(probe.process(), "VmHWM") / 1024.0);
        }
    }

    private void warm(Subject subject, Probe probe, Measured measured) {
        long cpu = 0;
        int called = 0;
        for (int i = 0; i < warmEvents; i++) {
            var event = subject.events().get();
            var ticks = ticks(probe.process());
            calls.clear();
            measured.warm().add(millis(probe.invoke(event)));
            called += calls.size();
            cpu += ticks(probe.process()) - ticks;
        }
        measured.cpu().add(cpu * TICK_MS / warmEvents);
        measured.calls().add((double) called / warmEvents);
        measured.operations().clear();
        measured.operations().addAll(calls);
    }

    /** Fields 14 and 15 of proc_pid_stat(5), user and system time. */
    static long ticks(ProcessHandle process) {
        var stat = proc(process, "stat").getFirst();
        var fields = List.of(stat.substring(stat.lastIndexOf(')') + 2).split(" "));
        return Long.parseLong(fields.get(11)) + Long.parseLong(fields.get(12));
    }

    /** A field of proc_pid_status(5), in kB. */
    static long status(ProcessHandle process, String field) {
        return proc(process, "status").stream()
                .filter(line -> line.startsWith(field + ":"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                .findFirst()
                .orElseThrow();
    }

    private static List<String> proc(ProcessHandle process, String file) {
        try {
            return Files.readAllLines(Path.of("/proc", Long.toString(process.pid()), file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static double millis(Duration duration) {
        return duration.toNanos() / 1e6;
    }
}
