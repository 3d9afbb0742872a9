package dev.efsautopilot.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class SamplesTest {

    @Test
    void a_percentile_is_a_value_that_was_measured() {
        var samples = new Samples();
        IntStream.rangeClosed(1, 200).forEach(samples::add);

        assertThat(samples.median()).isEqualTo(100);
        assertThat(samples.percentile(99)).isEqualTo(198);
    }

    @Test
    void nothing_measured_is_no_number() {
        assertThat(new Samples().median()).isNaN();
    }
}
