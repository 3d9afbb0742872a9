package dev.efsautopilot.local.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.efsautopilot.local.user.Await;
import dev.efsautopilot.local.user.Team;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.extension.ExtendWith;
import software.amazon.awssdk.services.efs.model.Tag;

@ExtendWith(Site.Given.class)
@TestInstance(Lifecycle.PER_CLASS)
class TaskRoleIT {

    private static final Duration SOON = Duration.ofSeconds(20);
    private static final String ROLE = "arn:aws:iam::000000000000:role/nobody";

    private final Team team;
    private final Wire wire;

    TaskRoleIT(Site site) {
        this.team = site.team("roles");
        this.wire = new Wire(site);
    }

    @Test
    void what_a_role_lacks_stands_in_the_tag_and_as_a_statement_on_the_bus() {
        var fileSystem = fileSystem("role-guarded");
        team.user()
                .efs()
                .putFileSystemPolicy(r ->
                        r.fileSystemId(fileSystem)
                                .policy(
                                        """
                                        {"Version": "2012-10-17", "Statement": [{"Effect": "Allow",
                                         "Principal": {"AWS": "arn:aws:iam::000000000000:role/other"},
                                         "Action": "elasticfilesystem:Client*", "Resource": "*"}]}\
                                        """));

        register("role-guarded", fileSystem);

        assertThat(status("role-guarded:1", "lacks"))
                .isEqualTo(
                        "ready role-guarded:2 - task role lacks ClientMount ClientWrite on data");
        var missing = told("role-guarded:2").path("missingPermissions").path(0);
        assertThat(missing.at("/statement/Condition/StringEquals").toString())
                .contains(":access-point/fsap-");
    }

    @Test
    void without_a_policy_on_the_file_system_every_role_may() {
        register("role-open", fileSystem("role-open"));

        assertThat(status("role-open:1", "ready")).isEqualTo("ready role-open:2");
        assertThat(told("role-open:2").has("missingPermissions")).isFalse();
    }

    private String fileSystem(String token) {
        var allow = Tag.builder().key("efs-autopilot/allow").value("/").build();
        return team.user()
                .efs()
                .createFileSystem(r -> r.creationToken(token).tags(allow))
                .fileSystemId();
    }

    private void register(String family, String fileSystem) {
        var words = "fs=" + fileSystem + " mount=/data";
        var tag = Team.tag("efs-autopilot/volume/data", words);
        team.user()
                .ecs()
                .registerTaskDefinition(
                        Team.definition(family).taskRoleArn(ROLE).tags(tag).build());
    }

    private String status(String revision, String word) {
        return Await.until(
                "a status of " + revision + " with " + word,
                SOON,
                () ->
                        Optional.ofNullable(
                                        team.user()
                                                .newestRevision(revision)
                                                .tags()
                                                .get("efs-autopilot/status"))
                                .filter(status -> status.contains(word)));
    }

    private JsonNode told(String derived) {
        return Await.until(
                "an event about " + derived,
                SOON,
                () ->
                        wire.told("Volume Ready").stream()
                                .filter(told -> told.path("derived").asText().equals(derived))
                                .findFirst());
    }
}
