package dev.efsautopilot.rerun;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.efsautopilot.json.Json;
import dev.efsautopilot.plan.Outcome;
import dev.efsautopilot.task.Task;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What happens to a lineage in the course of its life. */
class RerunTest {

    private final SimulatedWorld world = new SimulatedWorld(1);
    private final Rerun rerun = new Rerun(world, "off", () -> world.now, () -> 0.5);
    private final String first =
            world.start(Json.MAPPER.createObjectNode().put("startedBy", "nightly"));

    private String lost(String task) {
        world.stop(task, "SpotInterruption", "", 143, true);
        rerun.stopped(world.event(task), false);
        return world.tasks.lastEntry().getKey();
    }

    private ObjectNode known(String task) {
        return Optional.ofNullable(world.tasks.get(task)).orElseThrow();
    }

    private Task now(String task) {
        return Task.parse(known(task)).orElseThrow();
    }

    @Test
    void a_person_stops_the_re_runs_of_a_lineage() {
        var second = lost(first);

        assertThat(rerun.stopRerunning(SimulatedWorld.CLUSTER, second, false))
                .isInstanceOf(Outcome.Done.class);

        assertThat(lost(second)).isEqualTo(second);
        assertThat(world.tasks).hasSize(2);
    }

    @Test
    void what_waits_when_a_person_stops_it_is_not_run_when_it_is_due() {
        world.stop(first, "TaskFailedToStart", "Capacity is unavailable at this time", 1, false);
        rerun.stopped(world.event(first), false);
        assertThat(world.schedules).hasSize(1);

        rerun.stopRerunning(SimulatedWorld.CLUSTER, first, false);
        world.now = world.now.plus(Duration.ofHours(1));

        assertThat(rerun.due(SimulatedWorld.CLUSTER, first, 1)).isInstanceOf(Outcome.Ignored.class);
        assertThat(world.tasks).hasSize(1);
    }

    @Test
    void a_dry_run_stops_nothing() {
        assertThat(rerun.stopRerunning(SimulatedWorld.CLUSTER, first, true))
                .isInstanceOf(Outcome.Planned.class);

        assertThat(lost(first)).isNotEqualTo(first);
    }

    @Test
    void a_re_run_by_hand_lifts_it() {
        rerun.stopRerunning(SimulatedWorld.CLUSTER, first, false);
        assertThat(lost(first)).isEqualTo(first);

        rerun.byHand(SimulatedWorld.CLUSTER, first, false);
        var second = world.tasks.lastEntry().getKey();

        assertThat(lost(second)).isNotIn(first, second);
    }

    @Test
    void a_dry_run_by_hand_shows_the_verdict() {
        world.stop(first, "EssentialContainerExited", "", 1, true);

        var planned = rerun.byHand(SimulatedWorld.CLUSTER, first, true);

        assertThat(planned)
                .isInstanceOfSatisfying(
                        Outcome.Planned.class,
                        plan -> assertThat(plan.plan().toString()).contains("RunAgain"));
        assertThat(world.tasks).hasSize(1);
    }

    @Test
    void a_re_run_that_stays_up_has_recovered_is_told_once_and_runs_again_when_it_is_lost() {
        var second = lost(first);
        known(second).put("startedAt", world.now.toString());

        assertThat(rerun.stands(now(second), false)).isInstanceOf(Outcome.Ignored.class);
        world.now = world.now.plus(Duration.ofMinutes(11));
        assertThat(rerun.stands(now(second), false)).isInstanceOf(Outcome.Done.class);
        assertThat(rerun.stands(now(second), false)).isInstanceOf(Outcome.Ignored.class);

        assertThat(world.told).containsOnlyOnce(Told.RECOVERED + " " + second);
        assertThat(lost(second)).isNotIn(first, second);
    }

    @Test
    void a_tag_that_came_from_the_definition_is_not_the_tasks_own() {
        var request = Json.MAPPER.createObjectNode().put("startedBy", "AWS Step Functions");
        request.putArray("tags").addObject().put("key", RerunPolicy.TAG).put("value", world.policy);
        var propagated = world.start(request);
        var own = request.deepCopy();
        own.withArray("tags").removeAll();
        own.withArray("tags")
                .addObject()
                .put("key", RerunPolicy.TAG)
                .put("value", "on=infrastructure attempts=2");

        assertThat(lost(propagated)).isEqualTo(propagated);
        var meant = world.start(own);
        assertThat(lost(meant)).isNotEqualTo(meant);
    }
}
