package dev.efsautopilot.local.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.efsautopilot.json.Json;
import dev.efsautopilot.local.user.Await;
import dev.efsautopilot.local.user.Team;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.extension.ExtendWith;
import software.amazon.awssdk.services.ec2.model.Tag;

/** The way of a task to its file system, opened by the events that tell of it. */
@ExtendWith(Site.Given.class)
@TestInstance(Lifecycle.PER_CLASS)
class NfsIngressIT {

    private static final Duration SOON = Duration.ofSeconds(20);

    private final Team team;
    private final NfsWitness nfs;

    NfsIngressIT(Site site) {
        this.team = site.team("ingress");
        this.nfs = new NfsWitness(site);
    }

    @Test
    void a_service_is_let_in_before_it_has_a_task() {
        var ground = Ground.of(team, "service");
        ground.team().registerByHand("ingress-service");

        ground.service("ingress-service");

        assertThat(ground.team().awaitNfsRules()).hasSize(1);
        assertThat(ground.team().tasks("ingress-service")).isEmpty();
    }

    @Test
    void a_service_that_gets_other_groups_is_let_in_again() {
        var before = Ground.of(team, "moved");
        before.team().registerByHand("ingress-moved");
        before.service("ingress-moved");
        before.team().awaitNfsRules();
        var group = team.user().securityGroup("ingress-moved-to", before.world().home().vpcId());

        team.user()
                .ecs()
                .updateService(r ->
                        r.cluster(before.world().cluster())
                                .service("ingress-moved")
                                .networkConfiguration(before.network(group)));

        Await.untilTrue(
                "the new group to be let in",
                SOON,
                () -> before.sources(before.world().nfsGroup()).contains(group));
    }

    @Test
    void the_groups_of_a_run_task_call_are_let_in_before_its_task_is_there() {
        var ground = Ground.of(team, "called");
        ground.team().registerByHand("ingress-called");

        tellRunTask(ground, "ingress-called", "first");
        var made = ground.team().awaitNfsRules();
        nfs.awaitSilence();
        tellRunTask(ground, "ingress-called", "second");
        nfs.awaitSilence();

        assertThat(nfs.calls("PutItem"))
                .anyMatch(call -> call.parameters().toString().contains("launch#second"));
        assertThat(ground.ingress()).isEqualTo(made).hasSize(1);
    }

    /** The event of the call alone, as if the task's own events were late. */
    private void tellRunTask(Ground ground, String family, String task) {
        var request =
                Json.MAPPER
                        .createObjectNode()
                        .put("cluster", ground.world().cluster())
                        .put("taskDefinition", family);
        var awsvpc = request.putObject("networkConfiguration").putObject("awsvpcConfiguration");
        awsvpc.putArray("subnets").add(ground.world().home().subnetId());
        awsvpc.putArray("securityGroups").add(ground.world().taskGroup());
        var definition = team.user().newestRevision(family).definition().taskDefinitionArn();
        nfs.tellRunTask(request, task, ground.world().cluster(), definition);
    }

    @Test
    void a_rule_says_what_it_is_for_and_whose_it_is() {
        var ground = Ground.of(team, "said");
        ground.team().registerByHand("ingress-said");

        ground.running("ingress-said");

        assertThat(ground.team().nfsRules())
                .singleElement()
                .satisfies(rule -> {
                    assertThat(rule.ipProtocol()).isEqualTo("tcp");
                    assertThat(List.of(rule.fromPort(), rule.toPort())).containsOnly(2049);
                    assertThat(rule.description()).contains("ingress-said");
                    assertThat(rule.tags()).extracting(Tag::key).contains("efs-autopilot/managed");
                });
    }

    @Test
    void nothing_is_touched_where_the_owner_did_not_opt_in() {
        var ground = Ground.notAllowed(team, "private");
        ground.open(RuleForms.from("tcp", 2049, 2049, "172.31.0.0/16"));
        ground.team().registerByHand("ingress-private");

        ground.running("ingress-private");
        Await.untilTrue(
                "the function to look at it",
                SOON,
                () ->
                        nfs.calls("DescribeFileSystems").stream()
                                .anyMatch(call ->
                                        call.parameters()
                                                .toString()
                                                .contains(ground.world().fileSystem())));

        assertThat(ground.team().nfsRules()).isEmpty();
        assertThat(nfs.calls("DescribeMountTargets"))
                .noneMatch(
                        call -> call.parameters().toString().contains(ground.world().fileSystem()));
    }

    @Test
    void a_hundred_tasks_at_once_make_one_rule() {
        var ground = Ground.of(team, "many");
        ground.team().registerByHand("ingress-many");

        var tasks =
                IntStream.range(0, 10)
                        .boxed()
                        .flatMap(_ -> ground.ten("ingress-many").stream())
                        .toList();
        tasks.forEach(task -> ground.team().await(task, "RUNNING"));

        assertThat(tasks).hasSize(100);
        assertThat(ground.team().nfsRules()).hasSize(1);
    }
}
