package dev.efsautopilot.bench;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** One pure part again and again, in a JVM of its own. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class PureBenchmark {

    /** Its name in {@link PureParts}. */
    @Param("")
    public String part = "";

    private Callable<?> work = () -> "";

    /** As JMH makes it. */
    public PureBenchmark() {}

    /** Finds the part. */
    @Setup
    public void find() {
        var parts = new PureParts(Path.of(System.getProperty("autopilot.root", ""))).all();
        if (!parts.containsKey(part)) {
            throw new IllegalArgumentException(part);
        }
        work = parts.get(part);
    }

    /** Does it once. */
    @Benchmark
    public Object event() throws Exception {
        return work.call();
    }
}
