package dev.efsautopilot.local.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.efsautopilot.json.Json;
import dev.efsautopilot.local.stack.LedgerTable;
import dev.efsautopilot.local.user.Team;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.extension.ExtendWith;
import software.amazon.awssdk.services.ecs.model.Task;

/** How a task was launched, remembered for its re-run. */
@ExtendWith(Site.Given.class)
@TestInstance(Lifecycle.PER_CLASS)
class NfsLaunchesIT {

    private final Site site;
    private final Team team;
    private final NfsWitness nfs;

    NfsLaunchesIT(Site site) {
        this.site = site;
        this.team = site.team("launches");
        this.nfs = new NfsWitness(site);
    }

    @Test
    void a_launch_is_remembered_the_same_in_whatever_order_it_is_told() {
        var ground = Ground.of(team, "launch");
        ground.team().registerByHand("ingress-launch");
        team.user()
                .ecs()
                .tagResource(r ->
                        r.resourceArn(
                                        team.user()
                                                .newestRevision("ingress-launch")
                                                .definition()
                                                .taskDefinitionArn())
                                .tags(Team.tag("efs-autopilot/rerun", "on=infrastructure")));
        var task = ground.running("ingress-launch");
        var calledFirst = launch(task, List.of(this::tellCall, nfs::tellTask));
        var seenOnly = launch(task, List.of(nfs::tellTask));
        var seenFirst = launch(task, List.of(nfs::tellTask, this::tellCall));

        assertThat(seenOnly.path("source").textValue()).isEqualTo("OBSERVED");
        var awsvpc = seenOnly.at("/request/networkConfiguration/awsvpcConfiguration");
        assertThat(Json.texts(awsvpc, "securityGroups"))
                .containsExactly(ground.world().taskGroup());
        assertThat(seenFirst).isEqualTo(calledFirst);
        assertThat(seenFirst.path("source").textValue()).isEqualTo("REPLAYED");
        assertThat(seenFirst.at("/request/startedBy").textValue()).isEqualTo("nightly");
    }

    /** What the ledger holds of a launch that it had forgotten and is told of in this order. */
    private JsonNode launch(Task task, List<Consumer<Task>> events) {
        nfs.awaitSilence();
        var ledger = new LedgerTable(site.aws());
        var key = "launch#" + task.taskArn();
        ledger.delete(key);
        for (var event : events) {
            event.accept(task);
            nfs.awaitSilence();
        }
        return ledger.read(key);
    }

    private void tellCall(Task task) {
        var request =
                Json.MAPPER
                        .createObjectNode()
                        .put("cluster", task.clusterArn())
                        .put("taskDefinition", "ingress-launch")
                        .put("startedBy", "nightly");
        nfs.tellRunTask(request, task.taskArn(), task.clusterArn(), "");
    }
}
