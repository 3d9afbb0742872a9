package dev.efsautopilot.bench;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.efsautopilot.bench.PureCosts.Cost;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class PureCostsTest {

    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
    private static final int EVENTS = 200;

    private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    static Iterable<String> parts() {
        return new PureParts(ROOT).all().keySet();
    }

    /** The numbers are of compiled code, which need not make every object that is written down. */
    @ParameterizedTest
    @MethodSource("parts")
    void a_part_takes_no_more_than_twice_the_memory_that_the_documents_say(String part)
            throws Exception {
        var work = Optional.ofNullable(new PureParts(ROOT).all().get(part)).orElseThrow();
        var known = Optional.ofNullable(PureCosts.read(ROOT.resolve("docs")).of().get(part));
        assertThat(known).as("no numbers of it: ./autopilot bench --pure").isPresent();
        bytes(work);

        assertThat(bytes(work)).isLessThan(2 * known.orElseThrow().bytes());
    }

    private double bytes(Callable<?> work) throws Exception {
        var before = threads.getCurrentThreadAllocatedBytes();
        for (int i = 0; i < EVENTS; i++) {
            work.call();
        }
        return (double) (threads.getCurrentThreadAllocatedBytes() - before) / EVENTS;
    }

    @Test
    void growth_beyond_noise_is_told() throws IOException {
        var before = new PureCosts(Map.of("parse", new Cost(10, 1000)));

        assertThat(costs(29, 1400).grewSince(before)).isFalse();
        assertThat(costs(10, 1600).grewSince(before)).isTrue();
        assertThat(costs(31, 1000).grewSince(before)).isTrue();
        assertThat(costs(10, 1600).against(before)).contains("× 1.60").contains("GREW");
    }

    private static PureCosts costs(double micros, double bytes) {
        return new PureCosts(Map.of("parse", new Cost(micros, bytes)));
    }
}
