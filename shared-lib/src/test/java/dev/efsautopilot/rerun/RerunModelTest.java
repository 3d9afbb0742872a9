package dev.efsautopilot.rerun;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.efsautopilot.json.Json;
import dev.efsautopilot.plan.NotYet;
import dev.efsautopilot.stop.Stop;
import dev.efsautopilot.stop.StopClass;
import dev.efsautopilot.task.Task;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Random histories: tasks stop for random reasons; events come twice, late, out of order or not at
 * all; invocations overlap and are killed between any two calls; tokens are forgotten; people start
 * copies of what stopped. A failing seed is replayed by itself.
 */
class RerunModelTest {

    /** {@code -Dstories=5000} for a long run. */
    private static final int STORIES = Integer.getInteger("stories", 50);

    private static final int STEPS = 120;

    private static final Duration SWEEP = Duration.ofMinutes(20);

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
        private final int attempts;
        private boolean nested;
        private Instant swept = Instant.EPOCH;

        Story(long seed, String policy) {
            this.seed = seed;
            this.world = new SimulatedWorld(seed);
            this.world.policy = policy;
            this.attempts = Integer.parseInt(policy.replaceAll(".*attempts=([0-9]+).*", "$1"));
            this.random = new Random(~seed);
            this.rerun =
                    new Rerun(world, "off", (InstantSource) () -> world.now, random::nextDouble);
            world.meanwhile = this::another;
        }

        void tell() {
            for (int i = 0; i < 3; i++) {
                // Those whose startedBy is their owner's are known by their tags alone, which
                // StopTask
                // takes: one of a killed invocation is a copy then, where copies count.
                var known = i == 0 && !world.policy.contains("exclusive=off");
                roots.add(world.start(launch("task " + i, known ? "nightly" : "")));
            }
            world.starting = this::mayStart;
            world.faults = 0.05;
            for (int i = 0; i < STEPS; i++) {
                step();
                check();
            }
            world.faults = 0;
            settle();
        }

        private static ObjectNode launch(String what, String startedBy) {
            var request = Json.MAPPER.createObjectNode().put("startedBy", startedBy);
            request.putObject("overrides")
                    .putArray("containerOverrides")
                    .addObject()
                    .put("name", "app")
                    .putArray("command")
                    .add(what);
            return request;
        }

        private void step() {
            world.now = world.now.plusSeconds(1 + random.nextInt(60));
            if (swept.plus(SWEEP).isBefore(world.now)) {
                sweep();
            }
            switch (random.nextInt(16)) {
                case 0, 1, 2, 3 -> stopOne();
                case 4, 5, 6, 7, 8, 9, 10 -> deliver();
                case 11 -> copyOne();
                default -> fire();
            }
        }

        /** It comes in time for all that ECS remembers, whatever happened to the events. */
        private void sweep() {
            var faults = world.faults;
            world.faults = 0;
            swept = world.now;
            world.tasks.keySet().stream()
                    .filter(arn -> !world.live(arn))
                    .toList()
                    .forEach(arn -> rerun.stopped(world.event(arn), false));
            world.faults = faults;
        }

        /** A person sees that one of the tasks is not there, and starts it. */
        private void copyOne() {
            var what = "task " + random.nextInt(3);
            if (alike(what).noneMatch(world::live)) {
                roots.add(world.start(launch(what, "")));
            }
        }

        private Stream<String> alike(String what) {
            return world.tasks.values().stream()
                    .filter(task -> task.path("overrides").toString().contains(what))
                    .map(task -> Json.text(task, "taskArn"));
        }

        /** A copy that a person started in an earlier step is there to be seen. */
        private void mayStart(JsonNode request) {
            if (world.policy.contains("exclusive=off")) {
                return;
            }
            var what = request.at("/overrides/containerOverrides/0/command/0").asText();
            assertThat(alike(what).filter(world::live))
                    .as("seed %d: what lives of %s when it is run again", seed, what)
                    .isEmpty();
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
                sweep();
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

        /** The tasks of each lineage, in the order of their starts. */
        private Map<String, List<String>> lineages() {
            var lineages = new HashMap<String, List<String>>();
            for (var arn : world.tasks.keySet()) {
                var mark = world.rerunOf.get(arn);
                lineages.computeIfAbsent(
                                mark == null ? arn : rootOf(arn, mark), _ -> new ArrayList<>())
                        .add(arn);
            }
            return lineages;
        }

        private static String rootOf(String arn, String mark) {
            return arn.substring(0, arn.lastIndexOf('/') + 1)
                    + mark.substring(0, mark.lastIndexOf('/'));
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
                        assertThat(
                                        tasks.stream()
                                                .limit(tasks.size() - 1)
                                                .filter(this::usesAnAttempt))
                                .as("seed %d: attempts of %s", seed, root)
                                .hasSizeLessThanOrEqualTo(attempts);
                    });
        }

        /** With on=failure, what is lost under a running task uses up none. */
        private boolean usesAnAttempt(String stopped) {
            var stop = world.event(stopped).stopCode();
            return !world.policy.contains("on=failure") || !stop.equals("SpotInterruption");
        }

        /** A person ran it himself since, and what then happens is about his. */
        private boolean taken(String task) {
            var what = world.event(task).json().at("/overrides/containerOverrides/0/command/0");
            return !world.policy.contains("exclusive=off")
                    && roots.stream()
                            .anyMatch(root ->
                                    root.compareTo(task) > 0
                                            && world.event(root)
                                                    .json()
                                                    .at("/overrides/containerOverrides/0/command/0")
                                                    .equals(what));
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
            if (cause.stopClass() == StopClass.DONE && tasks.size() > 1) {
                assertThat(world.told)
                        .as("seed %d: %s recovered", seed, newest)
                        .contains(Told.RECOVERED + " " + newest);
            }
            if (!over && !taken(newest)) {
                assertThat(lineage.end())
                        .as("seed %d: %s stopped for %s and was left behind", seed, newest, cause)
                        .hasValueSatisfying(end -> assertThat(end).startsWith("abandoned"));
                if (cause.stopClass() == StopClass.INFRASTRUCTURE) {
                    assertThat(tasks.stream().filter(this::usesAnAttempt))
                            .as("seed %d: ends of %s that count", seed, root)
                            .hasSize(attempts + 1);
                }
                assertThat(world.told)
                        .anyMatch(event -> event.equals(Told.ABANDONED + " " + newest));
            }
        }
    }
}
