package dev.efsautopilot.diagnosis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.efsautopilot.aws.AccessPoint;
import dev.efsautopilot.aws.SecurityRule;
import dev.efsautopilot.diagnosis.Fact.Known;
import dev.efsautopilot.diagnosis.Fact.Unknown;
import dev.efsautopilot.diagnosis.Finding.Verdict;
import dev.efsautopilot.role.MountPermission;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What is checked of a volume on S3 Files, and what has no meaning there. */
final class S3FilesBrokenTest {

    static Stream<Broken> onS3Files() {
        return Stream.of(
                new Broken(
                        Check.PLATFORM,
                        "EC2, which does not mount S3 Files",
                        w -> w.task = w.task.replace("FARGATE", "EC2")),
                new Broken(
                        Check.VOLUME_FLAGS,
                        "no task role",
                        w -> w.definition = w.definition.replace("taskRoleArn", "x")),
                new Broken(
                        Check.VOLUME_FLAGS,
                        "a directory beside an access point",
                        w -> w.volumes = List.of(Parts.onS3Files("/x"))),
                new Broken(
                        Check.FILE_SYSTEM,
                        "no file system",
                        w -> w.fileSystem = new Known<>(Optional.empty())),
                new Broken(
                        Check.MOUNT_TARGET,
                        "none in the zone",
                        w -> w.targets = new Known<>(List.of())),
                new Broken(
                        Check.SECURITY_GROUPS_IN,
                        "no ingress rule",
                        w -> w.rules.removeIf(rule -> !rule.egress())),
                new Broken(
                        Check.SECURITY_GROUPS_OUT,
                        "no egress rule",
                        w -> w.rules.removeIf(SecurityRule::egress)),
                new Broken(
                        Check.ACCESS_POINT,
                        "none",
                        w -> w.accessPoint = new Known<>(Optional.empty())),
                new Broken(
                        Check.PERMISSIONS,
                        "a role that lacks one",
                        w ->
                                w.permission =
                                        new Known<>(
                                                Optional.of(
                                                        new MountPermission.Refused(
                                                                List.of("s3files:ClientMount"),
                                                                "the role lacks it",
                                                                "aws iam put-role-policy")))),
                new Broken(
                        Check.DIRECTORY_OWNER,
                        "an access point whose user may not enter its directory",
                        w ->
                                w.accessPoint =
                                        new Known<>(
                                                Parts.s3AccessPoint(
                                                        new AccessPoint.Owner(0, 0, "0755")))));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource
    void onS3Files(Broken broken) {
        broken.isTheCauseIn(Parts.taskOnS3Files());
    }

    @Test
    void a_healthy_task_has_no_cause_and_is_not_asked_what_s3_files_has_not() {
        var diagnosis = Parts.taskOnS3Files().diagnosis();

        assertThat(diagnosis.findings()).extracting(Finding::verdict).containsOnly(Verdict.OK);
        assertThat(diagnosis.findings())
                .extracting(Finding::check)
                .contains(Check.FILE_SYSTEM, Check.MOUNT_TARGET, Check.ACCESS_POINT)
                .doesNotContain(Check.THROUGHPUT, Check.INSTANCE_CAPABILITY);
    }

    @Test
    void repairs_are_commands_of_s3_files() {
        var world = Parts.taskOnS3Files();
        world.targets = new Known<>(List.of());
        world.optIn = new Known<>(false);

        assertThat(world.diagnosis().findings())
                .filteredOn(finding -> finding.verdict() == Verdict.BROKEN)
                .extracting(Finding::repair)
                .satisfiesExactly(
                        target -> assertThat(target).startsWith("aws s3files create-mount-target"),
                        owner -> assertThat(owner).contains("S3FileSystems"));
    }

    @Test
    void whether_the_owner_opted_in_is_unknown_to_whoever_does_not_know_the_stack() {
        var world = Parts.taskOnS3Files();
        world.optIn = new Unknown<>("a parameter of the stack");

        assertThat(world.diagnosis().findings().getFirst())
                .isEqualTo(Finding.unknown(Check.OWNER_OPT_IN, "a parameter of the stack"));
    }
}
