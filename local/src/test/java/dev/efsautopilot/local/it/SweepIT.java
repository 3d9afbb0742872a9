package dev.efsautopilot.local.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.efsautopilot.local.user.Await;
import dev.efsautopilot.local.user.Team;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.extension.ExtendWith;
import software.amazon.awssdk.services.ecs.model.Task;

/** What the hourly sweep brings about by itself. */
@ExtendWith(Site.Given.class)
@TestInstance(Lifecycle.PER_CLASS)
class SweepIT {

    private static final Duration SOON = Duration.ofSeconds(60);

    private final Site site;
    private final Team team;
    private final Wire wire;

    SweepIT(Site site) {
        this.site = site;
        this.team = site.team("sweep");
        this.wire = new Wire(site);
    }

    @Test
    void without_any_event_a_tagged_task_gets_its_volume_its_way_and_its_successor() {
        var family = "sweep-untold";
        site.aws().gateway().events().lose(detail -> detail.toString().contains(family));
        team.register(
                family,
                Map.of(
                        "efs-autopilot/volume/data",
                        team.volumeWords(),
                        "efs-autopilot/rerun",
                        "on=infrastructure attempts=3 backoff=1s"));

        sweep();
        var derived = team.revision(family, 2);
        assertThat(derived.tags()).containsEntry("efs-autopilot/source", family + ":1");

        team.run(family, team.world().home());
        var first = sweptUntilItRuns(family, Optional.empty());
        assertThat(team.nfsRules()).hasSize(1);

        sweep();
        site.aws().gateway().tasks().spot(first.taskArn(), Duration.ofMillis(10));
        team.await(first, "STOPPED");
        var second = sweptUntilItRuns(family, Optional.of(first));
        assertThat(second.overrides()).isEqualTo(first.overrides());
        assertThat(second.taskDefinitionArn()).isEqualTo(first.taskDefinitionArn());
        assertThat(wire.told("Sweep Finished").getLast().path("unfinished")).isEmpty();
    }

    private Task sweptUntilItRuns(String family, Optional<Task> before) {
        return Await.until(
                "a task of " + family,
                SOON,
                () -> {
                    sweep();
                    return team.tasks(family).stream()
                            .filter(task -> task.lastStatus().equals("RUNNING"))
                            .filter(task ->
                                    before.stream()
                                            .noneMatch(old -> old.taskArn().equals(task.taskArn())))
                            .findFirst();
                });
    }

    private JsonNode sweep() {
        return wire.invoke("sweep", "{\"sweep\": {}}");
    }
}
