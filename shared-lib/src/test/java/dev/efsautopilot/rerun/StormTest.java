package dev.efsautopilot.rerun;

import static org.assertj.core.api.Assertions.assertThat;

import dev.efsautopilot.json.Json;
import dev.efsautopilot.task.Task;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * A zone is lost: thousands of tasks of one family stop within a minute, while AWS throttles every
 * fifth call. Lambda tries each event three times, what is left over is a dead letter, and the
 * sweep finds its task.
 */
class StormTest {

    private static final int TRIES_OF_LAMBDA = 3;

    @Test
    void each_of_five_thousand_tasks_runs_again_once() {
        var storm = new Storm(5000);

        storm.blow();

        assertThat(storm.reruns()).hasSize(5000).doesNotHaveDuplicates();
        assertThat(storm.world.tasks.keySet().stream().filter(storm.world::live)).hasSize(5000);
        assertThat(storm.world.calls).as("calls").isLessThan(14 * 5000L);
        assertThat(storm.retried).as("events that Lambda tried again").isPositive();
    }

    @Test
    void its_calls_grow_no_faster_than_its_tasks() {
        var small = new Storm(250);
        var large = new Storm(1000);

        small.blow();
        large.blow();

        assertThat(large.callsOfOne()).isLessThan(small.callsOfOne() + 0.5);
    }

    private static final class Storm {

        private final SimulatedWorld world = new SimulatedWorld(1);
        private final Random random = new Random(2);
        private final Rerun rerun = new Rerun(world, "off", () -> world.now, random::nextDouble);
        private final List<Task> letters = new ArrayList<>();
        private final int size;
        private int retried;

        Storm(int size) {
            this.size = size;
            world.throttling = 0.2;
            for (int i = 0; i < size; i++) {
                var request = Json.MAPPER.createObjectNode().put("startedBy", "fleet");
                request.putArray("tags").addObject().put("key", "n").put("value", "" + i);
                world.start(request);
            }
        }

        void blow() {
            for (var arn : List.copyOf(world.tasks.keySet())) {
                world.now = world.now.plus(Duration.ofMinutes(1).dividedBy(size));
                world.stop(arn, "InfrastructureHealth", "", 143, true);
                deliver(world.event(arn));
            }
            world.now = world.now.plus(Duration.ofMinutes(10));
            // The sweep, which sees every task of the last hour, the dead letters among them.
            for (int hour = 0; hour < 3 && !letters.isEmpty(); hour++) {
                var left = List.copyOf(letters);
                letters.clear();
                left.forEach(this::deliver);
            }
        }

        private void deliver(Task event) {
            for (int i = 0; i < TRIES_OF_LAMBDA; i++) {
                try {
                    rerun.stopped(event, false);
                    return;
                } catch (SimulatedWorld.Throttled _) {
                    retried++;
                }
            }
            letters.add(event);
        }

        double callsOfOne() {
            return (double) world.calls / size;
        }

        /** The tasks in whose place another was run, by the tag of the other. */
        List<String> reruns() {
            return world.tasks.values().stream()
                    .flatMap(task -> Mark.rerunOf(Task.parse(task).orElseThrow()).stream())
                    .toList();
        }
    }
}
