package dev.efsautopilot.bench;

import dev.efsautopilot.bench.PureCosts.Cost;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/** Measures the pure parts with JMH, and holds them against the numbers that the project keeps. */
final class PureBench {

    private PureBench() {}

    /**
     * Measures, tells, and keeps what was measured where nothing grew.
     *
     * @param keep whether numbers may be written
     * @return whether nothing grew
     */
    static boolean run(Path root, boolean keep, PrintWriter out)
            throws IOException, RunnerException {
        var docs = root.resolve("docs");
        var before = PureCosts.read(docs);
        var now = measure(root);
        out.print(now.against(before));
        if (now.grewSince(before)) {
            out.println(
                    "More than before: nothing written. Where it is meant, delete docs/pure.json.");
            out.flush();
            return false;
        }
        out.flush();
        if (keep) {
            now.write(docs);
        }
        return true;
    }

    private static PureCosts measure(Path root) throws RunnerException {
        var second = TimeValue.seconds(1);
        var options =
                new OptionsBuilder()
                        .include(PureBenchmark.class.getName())
                        .param("part", new PureParts(root).all().keySet().toArray(String[]::new))
                        .addProfiler(GCProfiler.class)
                        .jvmArgs(
                                "-Dautopilot.root=" + root,
                                "-Xmx256m",
                                "-XX:+UseSerialGC",
                                "--sun-misc-unsafe-memory-access=allow")
                        .forks(1)
                        .warmupIterations(3)
                        .warmupTime(second)
                        .measurementIterations(5)
                        .measurementTime(second)
                        .shouldFailOnError(true)
                        .verbosity(VerboseMode.SILENT)
                        .build();
        return new PureCosts(costs(new Runner(options).run()));
    }

    private static Map<String, Cost> costs(Collection<RunResult> results) {
        var costs = new LinkedHashMap<String, Cost>();
        for (var result : results) {
            costs.put(
                    result.getParams().getParam("part"),
                    new Cost(result.getPrimaryResult().getScore(), bytes(result)));
        }
        return costs;
    }

    private static double bytes(RunResult result) {
        return Optional.ofNullable(result.getSecondaryResults().get("gc.alloc.rate.norm"))
                .orElseThrow()
                .getScore();
    }
}
