package dev.efsautopilot.local.it;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.efsautopilot.local.demo.Demo;
import dev.efsautopilot.local.stack.LocalOptions;
import dev.efsautopilot.local.tasks.LifecycleTimes;
import java.io.PrintWriter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

@Execution(ExecutionMode.CONCURRENT)
class StoryIT {

    @Test
    void the_story_of_the_demo_ends_as_it_should() {
        var out = new PrintWriter(System.out, true, UTF_8);
        var options = LocalOptions.of(Site.ROOT).withTimes(LifecycleTimes.tests());

        assertThat(Demo.play(options, out, false)).isTrue();
    }
}
