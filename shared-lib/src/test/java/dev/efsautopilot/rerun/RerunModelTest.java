package dev.efsautopilot.rerun;

import static org.assertj.core.api.Assertions.assertThat;

import dev.efsautopilot.json.Json;
import dev.efsautopilot.plan.NotYet;
import dev.efsautopilot.stop.Stop;
import dev.efsautopilot.stop.StopClass;
import dev.efsautopilot.task.Task;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Random histories: tasks stop for random reasons; events come twice, late, out of order or not at
 * all; invocations overlap and are killed between any two calls. A failing seed is replayed by
 * itself.
 */
class RerunModelTest {

    /** {@code -Dstories=5000} for a long run. */
    private static final int STORIES = Integer.getInteger("stories", 50);

    private static final int STEPS = 120;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "on=infrastructure attempts=3",
                "on=infrastructure attempts=1 exclusive=off",
                "on=failure attempts=2 backoff=5s",
                "on=failure exit=75 attempts=3 max-backoff=1m"
            })
    void never_two_live_copies_never_more_than_allowed_never_one_left_behind(String policy) {
        for (long seed = 0; seed < STORIES; seed++) {
            new Story(seed, policy).tell();
        }
    }

    private static final class Story {

        private final long seed;
        private final SimulatedWorld world;
        private final Rerun rerun;
        private final Random random;
        private final List<Task> events = new ArrayList<>();
        private final Set<String> roots = new HashSet<>();
        private boolean nested;

        Story(long seed, String policy) {
            this.seed = seed;
            this.world = new SimulatedWorld(seed);
            this.world.policy = policy;
            this.random = new Random(~seed);
            this.rerun =
                    new Rerun(world, "off", (InstantSource) () -> world.now, random::nextDouble);
            world.meanwhile = this::another;
        }

        void tell() {
            for (int i = 0; i < 3; i++) {
                var request = Json.MAPPER.createObjectNode();
                var container =
                        request.putObject("overrides").putArray("containerOverrides").addObject();
                container.put("name", "app").putArray("command").add("task " + i);
                roots.add(world.start(request));
            }
            world.faults = 0.05;
            for (int i = 0; i < STEPS; i++) {
                step();
                check();
            }
            world.faults = 0;
            settle();
        }

        private void step() {
            world.now = world.now.plusSeconds(random.nextInt(60));
            switch (random.nextInt(4)) {
                case 0 -> stopOne();
                case 1, 2 -> deliver();
                default -> fire();
            }
        }

        private void stopOne() {
            var live = world.tasks.keySet().stream().filter(world::live).toList();
            if (live.isEmpty()) {
                return;
            }
            var arn = live.get(random.nextInt(live.size()));
            switch (random.nextInt(8)) {
                case 0 -> world.stop(arn, "EssentialContainerExited", "", 75, true);
                case 1 -> world.stop(arn, "EssentialContainerExited", "", 0, true);
                case 2 -> world.stop(arn, "UserInitiated", "enough", 143, true);
                case 3 ->
                        world.stop(
                                arn,
                                "TaskFailedToStart",
                                "Timeout waiting for network interface provisioning to complete.",
                                1,
                                false);
                default -> world.stop(arn, "SpotInterruption", "", 143, true);
            }
            // Lost, once, or several times; sweep finds what was lost.
            for (int i = random.nextInt(4); i > 0; i--) {
                events.add(world.event(arn));
            }
        }

        private void deliver() {
            if (!events.isEmpty()) {
                var index = random.nextInt(events.size());
                var event = events.get(index);
                if (random.nextInt(3) > 0) {
                    events.remove(index);
                }
                invoke(() -> rerun.stopped(event, false));
            }
        }

        private void fire() {
            var due =
                    world.schedules.entrySet().stream()
                            .filter(schedule -> !schedule.getValue().at().isAfter(world.now))
                            .findFirst();
            due.ifPresent(schedule -> {
                if (random.nextInt(3) > 0) {
                    world.schedules.remove(schedule.getKey());
                }
                fire(schedule.getValue());
            });
        }

        private void fire(SimulatedWorld.Due due) {
            var detail = due.input().path("detail");
            invoke(() ->
                    rerun.due(
                            Json.text(detail, "cluster"),
                            Json.text(detail, "task"),
                            detail.path("attempt").asInt()));
        }

        private void invoke(Runnable invocation) {
            try {
                invocation.run();
            } catch (SimulatedWorld.Killed | NotYet _) {
                // Lambda gives up in the end: the event is lost.
            }
        }

        /** Another invocation between two calls of this one. */
        private void another() {
            if (!nested && world.faults > 0 && random.nextInt(10) == 0) {
                nested = true;
                try {
                    deliver();
                    fire();
                } finally {
                    nested = false;
                }
            }
        }

        /** Without faults, sweep and the schedules bring the end about. */
        private void settle() {
            for (int round = 0; round < 20; round++) {
                world.tasks.keySet().stream()
                        .filter(arn -> !world.live(arn))
                        .toList()
                        .forEach(arn -> rerun.stopped(world.event(arn), false));
                world.now = world.now.plus(Duration.ofMinutes(20));
                var due = List.copyOf(world.schedules.values());
                world.schedules.clear();
                due.forEach(this::fire);
                check();
            }
            for (var root : roots) {
                nothingLeftBehind(root);
            }
        }

        /** The tasks of each lineage: the re-runs say in their tag or startedBy whose they are. */
        private Map<String, List<String>> lineages() {
            var lineages = new HashMap<String, List<String>>();
            for (var task : world.tasks.values()) {
                var arn = Json.text(task, "taskArn");
                var startedBy = Json.text(task, "startedBy");
                lineages.computeIfAbsent(
                                startedBy.isEmpty() ? arn : rootOf(arn, startedBy),
                                _ -> new ArrayList<>())
                        .add(arn);
            }
            return lineages;
        }

        private static String rootOf(String arn, String startedBy) {
            var id = startedBy.substring("efs-autopilot/".length(), startedBy.lastIndexOf('/'));
            return arn.substring(0, arn.lastIndexOf('/') + 1) + id;
        }

        private void check() {
            lineages()
                    .forEach((root, tasks) -> {
                        assertThat(roots)
                                .as("seed %d: every lineage has a root", seed)
                                .contains(root);
                        assertThat(tasks.stream().filter(world::live))
                                .as("seed %d: live copies of %s", seed, root)
                                .hasSizeLessThanOrEqualTo(1);
                        if (world.policy.startsWith("on=infrastructure")) {
                            var allowed = world.policy.contains("attempts=3") ? 3 : 1;
                            assertThat(tasks)
                                    .as("seed %d: attempts of %s", seed, root)
                                    .hasSizeLessThanOrEqualTo(1 + allowed);
                        }
                    });
        }

        private void nothingLeftBehind(String root) {
            var lineage = new Lineages(world).read(root);
            var tasks = lineages().getOrDefault(root, List.of());
            var newest = tasks.getLast();
            if (world.live(newest)) {
                return;
            }
            var cause = Stop.of(world.event(newest), Json.MAPPER.missingNode()).cause();
            var over =
                    cause.stopClass() == StopClass.DONE
                            || cause.stopClass() == StopClass.WANTED
                            || (cause.stopClass() == StopClass.APPLICATION
                                    && world.policy.startsWith("on=infrastructure"));
            if (!over) {
                assertThat(lineage.end())
                        .as("seed %d: %s stopped for %s and was left behind", seed, newest, cause)
                        .hasValueSatisfying(end -> assertThat(end).startsWith("abandoned"));
                assertThat(world.told)
                        .anyMatch(event -> event.equals(Told.ABANDONED + " " + newest));
            }
        }
    }
}
