package dev.efsautopilot.local.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.efsautopilot.local.user.Await;
import dev.efsautopilot.local.user.Team;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import software.amazon.awssdk.services.cloudformation.model.Parameter;

@ExtendWith(Site.Given.class)
class ExamplesIT {

    private final Site site;
    private final Team team;

    ExamplesIT(Site site) {
        this.site = site;
        this.team = site.team("examples");
    }

    /**
     * On AWS the stack's RegisterTaskDefinition is an event as everybody's is. The emulator makes
     * resources of a stack without a call, so that nothing tells of them: here the sweep finds what
     * no event told.
     */
    @Test
    void the_task_definition_of_a_stack_gets_its_volume() throws IOException {
        var template = Site.ROOT.resolve("examples/cloudformation/task-definition.yaml");
        var cloudFormation = team.user().cloudFormation();
        var body = Files.readString(template);
        var fileSystem =
                Parameter.builder()
                        .parameterKey("FileSystem")
                        .parameterValue(team.world().fileSystem())
                        .build();
        cloudFormation.createStack(
                r -> r.stackName("orders-db").templateBody(body).parameters(fileSystem));
        var source =
                Await.until(
                        "the stack",
                        Duration.ofSeconds(20),
                        () -> team.user().output("orders-db", "TaskDefinition"));

        new Wire(site).invoke("sweep", "{\"sweep\": true}");

        var derived = team.revision("orders-db", 2);
        assertThat(source).endsWith(":task-definition/orders-db:1");
        assertThat(derived.tags()).containsEntry("efs-autopilot/source", "orders-db:1");
        assertThat(
                        derived.definition()
                                .volumes()
                                .getFirst()
                                .efsVolumeConfiguration()
                                .authorizationConfig()
                                .accessPointId())
                .isEqualTo(team.accessPoint("/orders-db/data").orElseThrow());
        assertThat(derived.definition().containerDefinitions().getFirst().mountPoints())
                .extracting("containerPath")
                .containsExactly("/var/lib/postgresql/data");
    }
}
