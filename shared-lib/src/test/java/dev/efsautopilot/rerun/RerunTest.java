package dev.efsautopilot.rerun;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.efsautopilot.json.Json;
import dev.efsautopilot.plan.Outcome;
import dev.efsautopilot.plan.Refusal;
import dev.efsautopilot.plan.Result;
import dev.efsautopilot.stop.StopCause;
import dev.efsautopilot.task.Task;
import java.time.Duration;
import java.util.ArrayList;
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
    void what_waits_is_not_run_before_it_is_due_however_often_it_is_told() {
        world.stop(first, "TaskFailedToStart", "Capacity is unavailable at this time", 1, false);
        for (int i = 0; i < 3; i++) {
            world.now = world.now.plusSeconds(5);
            rerun.stopped(world.event(first), false);
            rerun.due(SimulatedWorld.CLUSTER, first, 1);
        }
        assertThat(world.schedules).hasSize(1);
        assertThat(world.tasks).hasSize(1);

        world.now = world.now.plus(Duration.ofMinutes(2));
        rerun.due(SimulatedWorld.CLUSTER, first, 1);

        assertThat(world.tasks).hasSize(2);
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

    @Test
    void how_it_ended_is_tagged_where_its_owner_looks() {
        var second = lost(first);
        known(second).put("startedAt", world.now.toString());
        world.now = world.now.plus(Duration.ofMinutes(11));
        rerun.stands(now(second), false);
        assertThat(world.tagged.get(second))
                .containsEntry(
                        "efs-autopilot/status", "recovered - re-run 1 after spot-interruption 1s");

        world.stop(second, "TaskFailedToStart", "CannotPullContainerError: not found", 1, false);
        rerun.stopped(world.event(second), false);

        assertThat(world.tagged.get(Json.text(known(first), "taskDefinitionArn")))
                .containsEntry(
                        "efs-autopilot/rerun-status",
                        "abandoned task "
                                + now(second).id()
                                + " for image-missing - re-run 1 after spot-interruption 1s");
    }

    @Test
    void a_long_history_fits_a_tag_with_the_newest_first() {
        var lineage = Lineage.of(first);
        for (int i = 1; i <= 40; i++) {
            lineage =
                    lineage.with(
                            new Attempt(
                                    i,
                                    "t" + i,
                                    StopCause.SPOT_INTERRUPTION,
                                    Duration.ofHours(1),
                                    world.now,
                                    0,
                                    Optional.empty(),
                                    Optional.empty()));
        }

        assertThat(Told.tag("recovered", lineage))
                .startsWith("recovered - re-run 40 after spot-interruption 3600s - re-run 39 ")
                .hasSizeLessThanOrEqualTo(256)
                .matches("[\\p{L}\\p{Z}\\p{N}_.:/=+\\-@]*");
    }

    @Test
    void a_re_run_by_hand_also_runs_what_could_not_be_run() {
        world.stop(first, "SpotInterruption", "", 143, true);
        world.refuses = Optional.of("ATTRIBUTE");
        assertThat(rerun.stopped(world.event(first), false).toString()).contains("Abandon");
        assertThat(rerun.byHand(SimulatedWorld.CLUSTER, first, true).toString())
                .contains("RunAgain");

        world.refuses = Optional.empty();
        assertThat(rerun.byHand(SimulatedWorld.CLUSTER, first, false))
                .isInstanceOf(Outcome.Done.class);

        assertThat(lost(world.tasks.lastEntry().getKey())).isNotEqualTo(first);
        assertThat(world.tasks).hasSize(3);
    }

    @Test
    void a_copy_that_was_started_at_spot_s_warning_stands_in_the_way_also_when_it_has_ended() {
        known(first).put("stoppingAt", world.now.toString());
        world.now = world.now.plusSeconds(60);
        var copy = world.start(Json.MAPPER.createObjectNode());
        world.now = world.now.plusSeconds(60);

        assertThat(lost(first)).isEqualTo(copy);
        assertThat(world.tasks).hasSize(2);
    }

    @Test
    void a_copy_that_has_ended_took_the_place_of_what_waits() {
        world.stop(first, "TaskFailedToStart", "Capacity is unavailable at this time", 1, false);
        rerun.stopped(world.event(first), false);
        world.now = world.now.plusSeconds(30);
        var copy = world.start(Json.MAPPER.createObjectNode());
        world.stop(copy, "UserInitiated", "enough", 143, true);
        world.now = world.now.plus(Duration.ofHours(1).minusSeconds(40));

        assertThat(rerun.due(SimulatedWorld.CLUSTER, first, 1)).isInstanceOf(Outcome.Ignored.class);
        assertThat(world.tasks).hasSize(2);
    }

    @Test
    void the_re_run_of_a_sibling_is_no_copy_but_that_of_a_copy_is() {
        var sibling = world.start(Json.MAPPER.createObjectNode().put("startedBy", "nightly"));
        world.now = world.now.plusSeconds(60);
        world.stop(first, "TaskFailedToStart", "Capacity is unavailable at this time", 1, false);
        rerun.stopped(world.event(first), false);
        world.now = world.now.plusSeconds(1);
        var again = lost(sibling);
        assertThat(again).isNotEqualTo(sibling);

        world.now = world.now.plus(Duration.ofMinutes(5));
        assertThat(rerun.due(SimulatedWorld.CLUSTER, first, 1)).isInstanceOf(Outcome.Done.class);

        var second = world.tasks.lastEntry().getKey();
        world.stop(second, "TaskFailedToStart", "Capacity is unavailable at this time", 1, false);
        rerun.stopped(world.event(second), false);
        world.now = world.now.plusSeconds(1);
        var copy = world.start(Json.MAPPER.createObjectNode());
        var rerunOfCopy = lost(copy);
        assertThat(rerunOfCopy).isNotEqualTo(copy);
        world.now = world.now.plus(Duration.ofMinutes(9));
        assertThat(rerun.due(SimulatedWorld.CLUSTER, second, 2))
                .isInstanceOf(Outcome.Ignored.class);
    }

    @Test
    void what_may_not_be_repaired_runs_in_another_subnet_that_its_launch_allows() {
        var task = blocked();
        world.repaired =
                Result.refused(Refusal.conflict("mount target", "there is none", "make one"));
        var launch = Json.MAPPER.createObjectNode().put("source", "API_EVENT");
        var subnets =
                launch.putObject("request")
                        .putObject("networkConfiguration")
                        .putObject("awsvpcConfiguration")
                        .putArray("subnets");
        subnets.add("subnet-1").add("subnet-2");
        world.create("launch#" + first, launch, world.now);
        var started = new ArrayList<String>();
        world.starting =
                request ->
                        started.add(
                                request.at("/networkConfiguration/awsvpcConfiguration/subnets")
                                        .toString());

        rerun.stopped(task, false);

        assertThat(started).containsExactly("[\"subnet-2\"]");
    }

    @Test
    void what_may_not_be_repaired_and_has_no_other_subnet_is_abandoned() {
        var task = blocked();
        world.repaired =
                Result.refused(Refusal.conflict("mount target", "there is none", "make one"));

        assertThat(rerun.stopped(task, false).toString()).contains("Abandon").contains("make one");
        assertThat(world.tasks).hasSize(1);
    }

    private Task blocked() {
        world.stop(
                first,
                "TaskFailedToStart",
                "ResourceInitializationError: failed to invoke EFS utils commands to set up EFS"
                        + " volumes: stderr: No matching mount target in the az eu-west-1a",
                1,
                false);
        known(first)
                .putArray("attachments")
                .addObject()
                .putArray("details")
                .addObject()
                .put("name", "subnetId")
                .put("value", "subnet-1");
        return world.event(first);
    }
}
