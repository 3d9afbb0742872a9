package dev.efsautopilot.diagnosis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.efsautopilot.diagnosis.Fact.Known;
import dev.efsautopilot.diagnosis.Fact.Unknown;
import dev.efsautopilot.diagnosis.Finding.Verdict;
import dev.efsautopilot.network.NfsClient;
import dev.efsautopilot.task.EfsVolume;
import dev.efsautopilot.task.Task;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** With everything fine nothing is broken; what is unknown, and what comes of what. */
final class DiagnosisTest {

    @Test
    void a_healthy_task_has_no_cause_and_every_check_is_fine() {
        var diagnosis = new HealthyTask().diagnosis();
        assertThat(diagnosis.cause()).isEmpty();
        assertThat(diagnosis.findings()).extracting(Finding::verdict).containsOnly(Verdict.OK);
        assertThat(diagnosis.findings())
                .extracting(Finding::check)
                .containsExactly(
                        Stream.of(Check.values())
                                .filter(check ->
                                        check != Check.INSTANCE_CAPABILITY
                                                && check != Check.STOP_REASON)
                                .toArray(Check[]::new));
    }

    @Test
    void an_owner_who_did_not_opt_in_breaks_nothing_that_works() {
        var world = new HealthyTask();
        world.optIn = new Known<>(false);
        assertThat(world.diagnosis().cause()).isEmpty();
    }

    @Test
    void an_owner_who_did_not_opt_in_is_told_beside_what_would_be_repaired() {
        var world = new HealthyTask();
        world.optIn = new Known<>(false);
        world.rules.clear();
        assertThat(world.diagnosis().findings())
                .filteredOn(finding -> finding.verdict() == Verdict.BROKEN)
                .extracting(Finding::check)
                .containsExactly(
                        Check.SECURITY_GROUPS_OUT, Check.SECURITY_GROUPS_IN, Check.OWNER_OPT_IN);
    }

    @Test
    void a_denied_read_makes_its_check_unknown_and_no_other() {
        var world = new HealthyTask();
        world.dns = new Unknown<>("it could not be read: UnauthorizedOperation (Ec2)");
        var diagnosis = world.diagnosis();
        assertThat(diagnosis.cause()).isEmpty();
        assertThat(diagnosis.findings().getFirst())
                .isEqualTo(
                        Finding.unknown(
                                Check.VPC_DNS,
                                "it could not be read: UnauthorizedOperation (Ec2)"));
        assertThat(diagnosis.findings())
                .extracting(Finding::verdict)
                .containsOnlyOnce(Verdict.UNKNOWN);
    }

    @Test
    void a_stopped_task_keeps_its_zone_and_has_lost_its_groups() {
        var world = new HealthyTask();
        world.client = new Known<>(Parts.client(List.of()));
        world.targets = new Known<>(List.of());
        assertThat(world.diagnosis().cause()).map(Finding::check).contains(Check.MOUNT_TARGET);
        world.targets = new Known<>(Parts.target("available", "vpc-1"));
        assertThat(world.diagnosis().findings())
                .filteredOn(finding -> finding.verdict() == Verdict.UNKNOWN)
                .extracting(Finding::check)
                .containsExactly(Check.SECURITY_GROUPS_OUT, Check.SECURITY_GROUPS_IN);
    }

    private static HealthyTask stopped(String reason) {
        var world = new HealthyTask();
        world.task =
                """
                {"taskArn": "t", "launchType": "FARGATE", "platformVersion": "1.4.0",
                 "lastStatus": "STOPPED", "stopCode": "TaskFailedToStart", "stoppedReason": "%s"}
                """
                        .formatted(reason);
        return world;
    }

    @Test
    void a_stop_reason_is_the_cause_where_nothing_else_is_broken() {
        var denied =
                "ResourceInitializationError: failed to invoke EFS utils commands to set up EFS"
                        + " volumes: stderr: b'mount.nfs4: access denied by server while mounting"
                        + " 127.0.0.1:/' : unsuccessful EFS utils command execution; code: 32";
        var cause = stopped(denied).diagnosis().cause();
        assertThat(cause).map(Finding::check).contains(Check.STOP_REASON);
        assertThat(cause)
                .map(Finding::evidence)
                .get()
                .asString()
                .contains("access-denied")
                .contains(denied);
        assertThat(cause).map(Finding::repair).get().asString().contains("ClientMount");
    }

    @Test
    void a_stop_reason_comes_after_what_made_it() {
        var world =
                stopped(
                        "ResourceInitializationError: failed to invoke EFS utils commands: Connection timed out");
        world.rules.removeIf(rule -> !rule.egress());
        assertThat(world.diagnosis().findings())
                .filteredOn(finding -> finding.verdict() == Verdict.BROKEN)
                .extracting(Finding::check)
                .containsExactly(Check.SECURITY_GROUPS_IN, Check.STOP_REASON);
    }

    @Test
    void a_stop_that_nobody_knows_is_told_as_it_is() {
        assertThat(stopped("The moon was full").diagnosis().findings().getFirst())
                .extracting(Finding::verdict, Finding::check)
                .containsExactly(Verdict.UNKNOWN, Check.STOP_REASON);
    }

    @Test
    void network_acls_say_nothing_about_traffic_within_a_subnet() {
        var world = new HealthyTask();
        world.acls = new Known<>(List.of(Parts.acl()));
        assertThat(world.diagnosis().cause()).map(Finding::check).contains(Check.NETWORK_ACLS);
        world.client =
                new Known<>(
                        new NfsClient(
                                "vpc-1",
                                "subnet-mt",
                                "eu-west-1a",
                                List.of("10.0.9.7"),
                                List.of("sg-task"),
                                true));
        assertThat(world.diagnosis().cause()).isEmpty();
    }

    @Test
    void a_task_without_efs_is_told_so() {
        var world = new HealthyTask();
        world.volumes = List.of();
        assertThat(world.diagnosis().findings())
                .containsExactly(Finding.ok(Check.VOLUMES, "web:2 mounts nothing over NFS"));
    }

    @Test
    void who_owns_a_bare_directory_is_not_known() {
        var world = new HealthyTask();
        world.volumes =
                List.of(new EfsVolume("data", "fs-1", Optional.empty(), "/web", true, true));
        assertThat(world.diagnosis().cause()).isEmpty();
        assertThat(world.diagnosis().findings().getFirst())
                .extracting(Finding::verdict, Finding::check)
                .containsExactly(Verdict.UNKNOWN, Check.DIRECTORY_OWNER);
    }

    @Test
    void the_owner_that_an_access_point_enforces_is_told_with_the_containers_user() {
        var world = new HealthyTask();
        world.definition = world.definition.replace("999", "70");
        assertThat(world.diagnosis().findings())
                .filteredOn(finding -> finding.check() == Check.DIRECTORY_OWNER)
                .singleElement()
                .satisfies(finding -> {
                    assertThat(finding.verdict()).isEqualTo(Verdict.OK);
                    assertThat(finding.evidence())
                            .contains("1000:1000", "app (user 70, for EFS 1000:1000 by fsap-1)");
                });
    }

    @Test
    void the_reasons_of_earlier_tasks_are_told_beside_each_place_of_the_next() {
        var world = new HealthyTask();
        var earlier =
                Task.parse(
                                Parts.json(
                                        "{\"taskArn\": \"t0\", \"lastStatus\": \"STOPPED\", \"stopCode\":"
                                                + " \"SpotInterruption\", \"stoppedReason\": \"Your Spot Task was"
                                                + " interrupted.\"}"))
                        .orElseThrow();
        var diagnosis =
                Diagnosis.of(
                        List.of(world.facts(), world.facts()),
                        new Known<>(List.of(earlier, earlier)));
        assertThat(diagnosis.findings()).doesNotHaveDuplicates();
        assertThat(diagnosis.cause()).map(Finding::check).contains(Check.STOP_REASON);
    }
}
