package dev.efsautopilot.local.it;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.efsautopilot.local.user.Await;
import dev.efsautopilot.local.user.Team;
import java.net.URLDecoder;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.extension.ExtendWith;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.iam.model.Tag;

@ExtendWith(Site.Given.class)
@TestInstance(Lifecycle.PER_CLASS)
class TaskRoleIT {

    private static final Duration SOON = Duration.ofSeconds(20);
    private static final String OPT_IN = "efs-autopilot/managed-role";

    private final Site site;
    private final Team team;
    private final Wire wire;
    private final IamClient iam;

    TaskRoleIT(Site site) {
        this.site = site;
        this.team = site.team("roles");
        this.wire = new Wire(site);
        this.iam = site.aws().client(IamClient.builder());
    }

    @Test
    void what_a_role_lacks_stands_in_the_tag_and_as_a_statement_on_the_bus() {
        register("role-guarded", guarded("role-guarded"), role("role-guarded", "off"));

        assertThat(status("role-guarded:1", "lacks"))
                .isEqualTo(
                        "ready role-guarded:2 - task role lacks ClientMount ClientWrite on data");
        assertThat(missing("role-guarded:2").at("/statement/Condition/StringEquals").toString())
                .contains(":access-point/fsap-");
    }

    @Test
    void without_a_policy_on_the_file_system_every_role_may() {
        register("role-open", fileSystem("role-open"), role("role-open", "off"));

        assertThat(status("role-open:1", "ready")).isEqualTo("ready role-open:2");
        assertThat(told("role-open:2").has("missingPermissions")).isFalse();
    }

    @Test
    void a_role_whose_owner_opted_in_gets_what_it_lacks_and_another_is_not_touched() {
        try (var setting = new OtherSetting(site, "volumes", "MANAGE_TASK_ROLES", "true")) {
            setting.allowing("iam:ListRoleTags", "iam:PutRolePolicy");
            register("role-managed", guarded("role-managed"), role("role-managed", "on"));
            register("role-unmanaged", guarded("role-unmanaged"), role("role-unmanaged", "off"));

            assertThat(told("role-managed:2").has("missingPermissions")).isFalse();
            assertThat(status("role-managed:1", "ready")).isEqualTo("ready role-managed:2");
            assertThat(missing("role-unmanaged:2").path("remedy").asText())
                    .contains(OPT_IN + "=on");
            assertThat(status("role-unmanaged:1", "lacks")).contains("ClientMount ClientWrite");
        }

        assertThat(policies("role-unmanaged")).isEmpty();
        assertThat(permissions("role-unmanaged:2")).isEqualTo("BROKEN");
        assertThat(policies("role-managed"))
                .hasSize(1)
                .allSatisfy((name, document) -> {
                    var accessPoint = name.replaceFirst("efs-autopilot-data-", "");
                    assertThat(accessPoint).startsWith("fsap-");
                    assertThat(document)
                            .contains(
                                    ":ClientMount\",", ":ClientWrite\"]", "/" + accessPoint + "\"}")
                            .doesNotContain("*");
                });
        assertThat(permissions("role-managed:2")).isEqualTo("OK");
    }

    /** Whether the doctor says that the role of this revision may mount. */
    private String permissions(String revision) {
        var world = team.world();
        var subnet = world.home().subnetId();
        return Lab.verdict(Lab.diagnosis(site, revision, subnet, world.taskGroup()), "permissions");
    }

    private Map<String, String> policies(String role) {
        return iam.listRolePolicies(r -> r.roleName(role)).policyNames().stream()
                .collect(Collectors.toMap(name -> name, name -> policy(role, name)));
    }

    private String policy(String role, String name) {
        var policy = iam.getRolePolicy(r -> r.roleName(role).policyName(name));
        return URLDecoder.decode(policy.policyDocument(), UTF_8);
    }

    /** A role without a policy, and with its owner's word. */
    private String role(String name, String word) {
        var tag = Tag.builder().key(OPT_IN).value(word);
        return iam.createRole(r ->
                        r.roleName(name)
                                .assumeRolePolicyDocument("{\"Statement\": []}")
                                .tags(tag.build()))
                .role()
                .arn();
    }

    private String fileSystem(String token) {
        return team.user()
                .efs()
                .createFileSystem(r -> r.creationToken(token).tags(Ground.ALLOW))
                .fileSystemId();
    }

    /** A file system with a policy for others. */
    private String guarded(String token) {
        var id = fileSystem(token);
        team.user()
                .efs()
                .putFileSystemPolicy(r ->
                        r.fileSystemId(id)
                                .policy(
                                        """
                                        {"Version": "2012-10-17", "Statement": [{"Effect": "Allow",
                                         "Principal": {"AWS": "arn:aws:iam::000000000000:role/other"},
                                         "Action": "elasticfilesystem:Client*", "Resource": "*"}]}\
                                        """));
        return id;
    }

    private void register(String family, String fileSystem, String role) {
        var words = "fs=" + fileSystem + " mount=/data";
        var tag = Team.tag("efs-autopilot/volume/data", words);
        team.user()
                .ecs()
                .registerTaskDefinition(
                        Team.definition(family).taskRoleArn(role).tags(tag).build());
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

    private JsonNode missing(String derived) {
        return told(derived).path("missingPermissions").path(0);
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
