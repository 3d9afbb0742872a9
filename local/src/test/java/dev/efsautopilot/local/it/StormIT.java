package dev.efsautopilot.local.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.efsautopilot.local.fault.Faults;
import java.lang.System.Logger.Level;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Many tasks are lost at once, and AWS throttles every fifth call of the functions. */
@ExtendWith(Site.Given.class)
class StormIT {

    private static final System.Logger LOG = System.getLogger(StormIT.class.getName());

    /** {@code -Dstorm.tasks=5000} for a zone. */
    private static final int TASKS = Integer.getInteger("storm.tasks", 30);

    private static final Duration LONGEST = Duration.ofMinutes(3).plusSeconds(TASKS);

    @Test
    void each_task_runs_again_once(Site site) {
        var throttling = Faults.seeded(1).throttling(0.2);
        var gateway = site.aws().gateway();

        var outcome =
                new Storm(site.aws(), TASKS, line -> LOG.log(Level.INFO, line))
                        .blow(() -> gateway.faults(throttling)::close, LONGEST);

        LOG.log(Level.INFO, outcome);
        assertThat(outcome.exactlyOnce()).as("%s", outcome).isTrue();
        assertThat(outcome.throttled()).as("%s", outcome).isPositive();
    }
}
