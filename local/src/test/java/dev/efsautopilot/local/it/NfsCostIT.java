package dev.efsautopilot.local.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.efsautopilot.local.gateway.RecordedCall;
import dev.efsautopilot.local.user.Await;
import dev.efsautopilot.local.user.Team;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.extension.ExtendWith;
import software.amazon.awssdk.services.ecs.model.Task;

/** What a task that starts costs in AWS calls, whatever else there is. */
@ExtendWith(Site.Given.class)
@TestInstance(Lifecycle.PER_CLASS)
class NfsCostIT {

    private static final Duration SOON = Duration.ofSeconds(20);

    private final Team team;
    private final NfsWitness nfs;

    NfsCostIT(Site site) {
        this.team = site.team("nfscost");
        this.nfs = new NfsWitness(site);
    }

    @Test
    void a_look_costs_the_same_beside_two_hundred_rules_and_access_points_and_other_tasks() {
        var ground = Ground.of(team, "cost");
        ground.team().registerByHand("ingress-cost");
        var task = ground.running("ingress-cost");
        nfs.awaitLookedAt(ground);
        var alone = cost(task);

        Crowd.around(ground, 200);
        ground.ten("ingress-cost").forEach(other -> ground.team().await(other, "RUNNING"));

        assertThat(cost(task)).isEqualTo(alone);
        assertThat(alone)
                .containsExactlyInAnyOrder(
                        "DescribeTasks",
                        "DescribeNetworkInterfaces",
                        "DescribeFileSystems",
                        "DescribeMountTargets",
                        "DescribeNetworkInterfaces",
                        "DescribeSecurityGroupRules");
    }

    /**
     * The calls of one more look at a task that is open, by name; without the one that a process
     * makes once for a task definition, and the one that it makes once an hour for a family.
     */
    private List<String> cost(Task task) {
        nfs.awaitSilence();
        awaitForgotten();
        var before = nfs.calls().size();
        nfs.tellTask(task);
        Await.untilTrue("the event to be handled", SOON, () -> nfs.calls().size() > before);
        nfs.awaitSilence();
        return nfs.calls().stream()
                .skip(before)
                .map(RecordedCall::operation)
                .filter(operation ->
                        !Set.of("DescribeTaskDefinition", "BatchGetItem").contains(operation))
                .toList();
    }

    /** What was seen open is remembered for three seconds. */
    private static void awaitForgotten() {
        Await.stays(Duration.ofSeconds(3), () -> true);
    }

    @Test
    void the_whole_start_of_a_task_costs_no_more_than_the_readme_says() {
        var ground = Ground.of(team, "start");
        ground.team().registerByHand("ingress-start");
        nfs.awaitSilence();
        var before = nfs.calls().size();

        ground.running("ingress-start");
        nfs.awaitLookedAt(ground);
        nfs.awaitSilence();

        assertThat(nfs.calls().stream().skip(before))
                .extracting(RecordedCall::operation)
                .contains("AuthorizeSecurityGroupIngress")
                .hasSizeBetween(20, 24);
    }

    @Test
    void a_task_without_a_volume_costs_its_launch_and_its_definition() {
        team.register("ingress-nothing", Map.of());
        nfs.awaitSilence();
        var before = nfs.calls().size();

        team.await(team.run("ingress-nothing", team.world().home()), "RUNNING");
        nfs.awaitSilence();

        assertThat(nfs.calls().stream().skip(before))
                .extracting(RecordedCall::operation)
                .contains("PutItem", "DescribeTaskDefinition")
                .hasSizeLessThanOrEqualTo(4);
    }
}
