package dev.efsautopilot.local.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.efsautopilot.local.soak.Soak;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A few of the stories that {@code ./autopilot soak} plays by the thousand. */
@ExtendWith(Site.Given.class)
class SoakIT {

    @Test
    void stories_end_as_they_should_on_a_bad_day(Site site) {
        var seed = ThreadLocalRandom.current().nextInt(1_000_000);

        var report =
                new Soak(site.aws(), Site.ROOT, System.out::println).run(seed, 10, 0.2, 10, 10);

        assertThat(report.wrong()).as("seed " + seed).isEmpty();
        assertThat(report.faults()).isNotEmpty();
    }
}
