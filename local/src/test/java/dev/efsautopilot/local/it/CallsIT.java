package dev.efsautopilot.local.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.efsautopilot.local.gateway.RecordedCall;
import dev.efsautopilot.local.user.Await;
import dev.efsautopilot.local.user.Team;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.extension.ExtendWith;

/** What an event costs in AWS calls, as docs/performance.md says, with the reason for each. */
@ExtendWith(Site.Given.class)
@TestInstance(Lifecycle.PER_CLASS)
class CallsIT {

    private static final Duration SOON = Duration.ofSeconds(20);

    private final Site site;
    private final Team team;

    CallsIT(Site site) {
        this.site = site;
        this.team = site.team("calls");
    }

    @Test
    void a_revision_without_our_tags_costs_one_call() {
        var before = calls("volumes").size();

        team.register("calls-plain", Map.of("team", "orders"));

        assertThat(since(before, "volumes", "DescribeTaskDefinition"))
                .containsExactly("DescribeTaskDefinition");
    }

    @Test
    void a_volume_costs_eight_calls_and_one_more_to_see_that_its_access_point_is_there() {
        var tags = Map.of("efs-autopilot/volume/data", team.volumeWords());
        var before = calls("volumes").size();

        team.register("calls-volume", tags);

        assertThat(since(before, "volumes", "PutEvents"))
                .containsExactly(
                        "DescribeTaskDefinition",
                        "DescribeFileSystems",
                        "CreateAccessPoint",
                        "PutItem",
                        "RegisterTaskDefinition",
                        "PutItem",
                        "TagResource",
                        "PutEvents");
        var again = calls("volumes").size();

        team.register("calls-volume", tags);

        assertThat(since(again, "volumes", "PutEvents"))
                .containsSubsequence("CreateAccessPoint", "DescribeAccessPoints")
                .hasSize(9);
    }

    @Test
    void a_stop_that_nobody_wants_to_be_followed_costs_two_calls() {
        team.register("calls-stop", Map.of());
        var task = team.run("calls-stop", team.world().home());
        team.await(task, "RUNNING");
        var before = calls("task-rerun").size();

        site.aws().gateway().tasks().exit(task.taskArn(), 1);

        assertThat(since(before, "task-rerun", "DescribeTaskDefinition"))
                .containsExactly("DescribeTasks", "DescribeTaskDefinition");
    }

    @Test
    void a_re_run_costs_at_most_eighteen_calls() {
        team.register("calls-rerun", Map.of("efs-autopilot/rerun", "on=infrastructure attempts=3"));
        var task = team.run("calls-rerun", team.world().home());
        team.await(task, "RUNNING");
        Await.untilTrue(
                "the launch to be remembered",
                SOON,
                () ->
                        calls("nfs-ingress").stream()
                                .anyMatch(call ->
                                        call.operation().equals("PutItem")
                                                && call.parameters()
                                                        .toString()
                                                        .contains(task.taskArn())));
        var before = calls("task-rerun").size();

        site.aws()
                .gateway()
                .tasks()
                .stop(task.taskArn(), "TerminationNotice", "Your Spot Task was interrupted.");

        assertThat(since(before, "task-rerun", "PutEvents"))
                .containsSubsequence(
                        "DescribeTasks",
                        "DescribeTaskDefinition",
                        "GetItem",
                        "PutItem",
                        "ListTasks",
                        "ListTasks",
                        "DescribeTasks",
                        "RunTask",
                        "PutEvents",
                        "PutItem")
                .hasSizeLessThanOrEqualTo(18);
    }

    /** A function's calls from there on, when it has made its last one and no other follows. */
    private List<String> since(int before, String function, String last) {
        Await.untilTrue(
                function + " to call " + last, SOON, () -> names(before, function).contains(last));
        Await.untilTrue(
                function + " to be silent",
                SOON,
                () -> {
                    var now = calls(function).size();
                    return Await.stays(Duration.ofMillis(500), () -> calls(function).size() == now);
                });
        return names(before, function);
    }

    private List<String> names(int before, String function) {
        return calls(function).stream().skip(before).map(RecordedCall::operation).toList();
    }

    private List<RecordedCall> calls(String function) {
        return site.aws().gateway().calls().by(function);
    }
}
