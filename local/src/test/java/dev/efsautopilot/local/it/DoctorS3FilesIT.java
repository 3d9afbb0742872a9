package dev.efsautopilot.local.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.efsautopilot.local.gateway.RecordedCall;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the doctor says of volumes on S3 Files, broken on purpose and fine. */
@ExtendWith(Site.Given.class)
@TestInstance(Lifecycle.PER_CLASS)
class DoctorS3FilesIT {

    private static final String NOBODY =
            """
            {"Effect": "Deny", "Principal": "*", "Action": "s3files:ClientMount", "Resource": "*"}\
            """;

    private final S3FilesLab s3;
    private final String definition;

    DoctorS3FilesIT(Site site) {
        this.s3 = S3FilesLab.of(site, "doctor-s3");
        this.definition = s3.register("doctor-s3", s3.fileSystem(), s3.accessPoint());
    }

    /** One thing that breaks, and what repairs it: in words, and done. */
    record Breakage(String check, String repair, Runnable breaking, Runnable repairing) {

        @Override
        public String toString() {
            return check + ": " + repair;
        }
    }

    Stream<Breakage> breakages() {
        return Stream.of(
                new Breakage(
                        "security-groups-in",
                        "aws ec2 authorize-security-group-ingress --group-id " + s3.lab().nfsGroup,
                        s3.lab()::closeIn,
                        s3.lab()::openIn),
                new Breakage(
                        "security-groups-out",
                        "aws ec2 authorize-security-group-egress --group-id " + s3.lab().taskGroup,
                        s3.lab()::closeOut,
                        s3.lab()::openOut),
                new Breakage(
                        "permissions",
                        "{\"s3files:AccessPointArn\":\"" + s3.accessPoint() + "\"}",
                        s3::letRoleDoNothing,
                        s3::letRoleMount),
                new Breakage(
                        "permissions",
                        "aws s3files put-file-system-policy",
                        () -> s3.policy(NOBODY),
                        () -> s3.policy("")));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("breakages")
    void what_is_broken_is_found_and_its_repair_repairs_it(Breakage breakage) {
        breakage.breaking().run();
        var broken = s3.lab().diagnosis(definition);
        breakage.repairing().run();

        assertThat(broken.path("cause").asText())
                .as("%s", broken)
                .startsWith(breakage.check() + ": ");
        assertThat(repair(broken, breakage.check())).contains(breakage.repair());
        assertThat(s3.lab().diagnosis(definition).path("cause").asText()).isEmpty();
    }

    @Test
    void where_nothing_is_broken_each_check_says_so_and_nothing_is_changed() {
        var calls = s3.lab().site.aws().gateway().calls();
        var before = calls.by("doctor").size();

        var diagnosis = s3.lab().diagnosis(definition);

        assertThat(diagnosis.path("findings").valueStream())
                .as("%s", diagnosis)
                .extracting(it -> it.path("check").asText())
                .contains("file-system", "mount-target", "access-point", "directory-owner")
                .doesNotContain("throughput");
        assertThat(diagnosis.path("findings").valueStream())
                .as("%s", diagnosis)
                .allMatch(it -> it.path("verdict").asText().equals("OK"));
        assertThat(calls.by("doctor").stream().skip(before))
                .hasSizeLessThanOrEqualTo(17)
                .extracting(RecordedCall::operation)
                .contains("GetFileSystem", "GetFileSystemPolicy", "GetAccessPoint")
                .allMatch(operation -> operation.matches("(Describe|Get|List|Simulate).*"));
    }

    @Test
    void what_is_not_there_is_named_with_a_command_of_s3_files() {
        var bare = s3.bareFileSystem();
        var gone = s3.fileSystem() + "0";
        var point = s3.accessPoint() + "0";

        var targetless = diagnosis("bare", bare, s3.accessPoint());
        assertThat(targetless.path("cause").asText()).startsWith("mount-target: " + bare);
        assertThat(repair(targetless, "mount-target"))
                .isEqualTo(
                        "aws s3files create-mount-target --file-system-id %s --subnet-id %s"
                                .formatted(bare, s3.lab().tasks));
        assertThat(repair(targetless, "owner-opt-in")).contains("S3FileSystems");
        assertThat(Lab.verdict(targetless, "access-point")).isEqualTo("BROKEN");

        assertThat(diagnosis("gone", gone, s3.accessPoint()).path("cause").asText())
                .startsWith("file-system: " + gone + " of volume data does not exist");
        assertThat(diagnosis("pointless", s3.fileSystem(), point).path("cause").asText())
                .startsWith("access-point: " + point + " does not exist");
    }

    private JsonNode diagnosis(String family, String fileSystem, String accessPoint) {
        return s3.lab().diagnosis(s3.register("doctor-s3-" + family, fileSystem, accessPoint));
    }

    private static String repair(JsonNode diagnosis, String check) {
        return Lab.finding(diagnosis, check).path("repair").asText();
    }
}
