package dev.efsautopilot.checks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.efsautopilot.json.Json;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A task's author wants a directory that the file system's owner did not allow. */
class OtherTeamsDataAttackTest {

    private static final String REGISTERED =
            """
            {"detail-type":"AWS API Call via CloudTrail","source":"aws.ecs","account":"123456789012","region":"eu-west-1",
             "detail":{"eventSource":"ecs.amazonaws.com","eventName":"RegisterTaskDefinition","responseElements":
               {"taskDefinition":{"taskDefinitionArn":"arn:aws:ecs:eu-west-1:123456789012:task-definition/orders:7"}}}}
            """;

    private static List<String> attached(String words) {
        return attached("orders", words);
    }

    /** What was made for these words of a tag: the bodies of all calls that make something. */
    private static List<String> attached(String family, String words) {
        var aws = Team.with(family, Map.of("efs-autopilot/volume/data", words));
        var told = new House(aws).give("volumes", REGISTERED);
        assertThat(told.thrown()).isEmpty();
        var made =
                aws.writes().stream()
                        .filter(call -> !call.action().equals("TagResource"))
                        .map(FakeAws.Call::body)
                        .toList();
        if (made.isEmpty()) {
            assertThat(told.log()).contains("\"outcome\":\"refused\"");
        }
        return made;
    }

    @Test
    void the_way_in_is_open_to_what_is_allowed() {
        assertThat(attached("fs=" + Team.OPEN + " mount=app:/d path=/apps/orders"))
                .hasSize(2)
                .first()
                .asString()
                .contains("\"Path\":\"/apps/orders\"");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/",
                "/payroll",
                "/apps/../payroll",
                "/apps/./../payroll",
                "/apps//payroll",
                "/applications",
                "/apps2",
                "/Apps/orders",
                "/apps/..",
                "apps/orders",
                "//apps/orders",
                "/apps／orders",
                "/аpps/orders",
                "\\apps\\orders",
                "/payroll/@family",
                "/@family/payroll",
                "/%61pps/orders",
                "/apps/$HOME",
                "/apps/a;b"
            })
    void a_path_outside_of_what_is_allowed_is_refused(String path) {
        assertThat(attached("fs=" + Team.OPEN + " mount=app:/d path=" + path)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/apps/%2e%2e/%2fpayroll", "/apps/．．/payroll", "/apps/@volume"})
    void what_only_looks_like_a_way_out_stays_inside(String path) {
        assertThat(attached("fs=" + Team.OPEN + " mount=app:/d path=" + path))
                .first()
                .asString()
                .containsPattern("\"Path\":\"/apps/[^/]")
                .doesNotContain("/..");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "fs=fs-0fedcba9876543210 mount=app:/d path=/apps/orders",
                "fs=name:payroll mount=app:/d path=/apps/orders",
                "fs=fs-0fedcba9876543210 mount=app:/d access-point=none path=/apps",
                "fs=fs-0123456789abcdef0 mount=app:/d access-point=none path=/",
                "fs=arn:aws:s3files:eu-west-1:123456789012:file-system/fs-0fedcba9876543210 mount=app:/d path=/apps"
            })
    void a_file_system_whose_owner_did_not_opt_in_is_refused(String words) {
        assertThat(attached(words)).isEmpty();
    }

    @Test
    void an_access_point_that_shows_another_directory_or_another_file_system_is_refused() {
        assertThat(
                        attached(
                                "fs="
                                        + Team.OPEN
                                        + " mount=app:/d access-point=fsap-00000000000000000"))
                .isEmpty();
        assertThat(
                        attached(
                                "fs="
                                        + Team.OPEN
                                        + " mount=app:/d access-point=fsap-00000000000000001"))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"uid=0", "gid=0", "uid=-1", "uid=4294967296", "uid=٧", "mode=rwx"})
    void the_root_user_and_what_is_no_user_are_refused(String owner) {
        assertThat(attached("fs=" + Team.OPEN + " mount=app:/d path=/apps/orders " + owner))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"..", "../payroll", "a/../../payroll", "/payroll", ".", "a\u0000b"})
    void a_family_of_a_request_is_no_way_out(String family) {
        var aws = Team.with("orders", Map.of());
        var body =
                Json.MAPPER
                        .createObjectNode()
                        .put("fileSystem", Team.OPEN)
                        .put("family", family)
                        .put("volume", "data")
                        .put("path", "/apps/{family}");

        var told = new House(aws).give("access-points", body.toString());

        assertThat(told.log()).contains("\"outcome\":\"refused\"");
        assertThat(aws.writes()).isEmpty();
    }
}
