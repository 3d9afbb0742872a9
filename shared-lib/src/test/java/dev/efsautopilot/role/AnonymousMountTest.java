package dev.efsautopilot.role;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.efsautopilot.json.Json;
import dev.efsautopilot.task.EfsVolume;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What a file system's policy lets a volume do that is mounted without the task role. */
final class AnonymousMountTest {

    private static final String EVERYBODY =
            """
            {"Effect": "Allow", "Principal": {"AWS": "*"}, "Action": [
              "elasticfilesystem:ClientMount", "elasticfilesystem:ClientWrite"]}
            """;
    private static final String ENCRYPTED_ONLY =
            """
            {"Effect": "Deny", "Principal": {"AWS": "*"}, "Action": "*",
             "Condition": {"Bool": {"aws:SecureTransport": "false"}}}
            """;

    private static MountPermission permission(boolean tls, String... statements) {
        return mount(tls)
                .permission(
                        Optional.of(
                                json("{\"Statement\": [" + String.join(",", statements) + "]}")));
    }

    private static AnonymousMount mount(boolean tls) {
        return AnonymousMount.of(
                json(
                        """
                        {"taskDefinitionArn": "arn:aws:ecs:eu-west-1:1:task-definition/web:1",
                         "containerDefinitions": [{"mountPoints": [{"sourceVolume": "data"}]}]}
                        """),
                new EfsVolume("data", "fs-1", Optional.empty(), "/", tls, false));
    }

    private static JsonNode json(String text) {
        try {
            return Json.MAPPER.readTree(text);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(e);
        }
    }

    @Test
    void without_a_policy_whoever_reaches_it_may() {
        assertThat(mount(false).permission(Optional.empty()))
                .isInstanceOf(MountPermission.Given.class);
    }

    @Test
    void a_policy_for_everybody_lets_it_in() {
        assertThat(permission(false, EVERYBODY)).isInstanceOf(MountPermission.Given.class);
    }

    @Test
    void a_policy_that_wants_encryption_in_transit_says_so() {
        assertThat(permission(false, EVERYBODY, ENCRYPTED_ONLY))
                .isEqualTo(
                        new MountPermission.Refused(
                                List.of(RoleMount.MOUNT, RoleMount.WRITE),
                                "the file system's policy wants encryption in transit",
                                "register a revision: set transitEncryption to ENABLED"));
        assertThat(permission(true, EVERYBODY, ENCRYPTED_ONLY))
                .isInstanceOf(MountPermission.Given.class);
    }

    @Test
    void a_policy_for_a_role_only_keeps_it_out() {
        var role = EVERYBODY.replace("\"*\"}", "\"arn:aws:iam::1:role/web\"}");
        assertThat(permission(true, role))
                .isInstanceOfSatisfying(
                        MountPermission.Refused.class,
                        refused -> assertThat(refused.repair()).contains("iam to ENABLED"));
    }

    @Test
    void a_policy_that_lets_everybody_read_keeps_a_writer_out() {
        assertThat(permission(true, EVERYBODY.replace("ClientWrite", "ClientRootAccess")))
                .isInstanceOfSatisfying(
                        MountPermission.Refused.class,
                        refused -> assertThat(refused.actions()).containsExactly(RoleMount.WRITE));
    }

    @Test
    void a_condition_that_only_efs_can_decide_leaves_it_open() {
        var when =
                EVERYBODY.replace(
                        "]}",
                        "], \"Condition\": {\"IpAddress\": {\"aws:SourceIp\": \"10.0.0.0/8\"}}}");
        assertThat(permission(true, when)).isInstanceOf(MountPermission.Unclear.class);
    }
}
