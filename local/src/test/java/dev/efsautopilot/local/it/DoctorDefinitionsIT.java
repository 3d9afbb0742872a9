package dev.efsautopilot.local.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.databind.JsonNode;
import dev.efsautopilot.local.user.Await;
import dev.efsautopilot.local.user.Team;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.services.ec2.model.NewDhcpConfiguration;
import software.amazon.awssdk.services.ecs.model.ClientException;
import software.amazon.awssdk.services.ecs.model.EFSAuthorizationConfigIAM;
import software.amazon.awssdk.services.ecs.model.EFSTransitEncryption;
import software.amazon.awssdk.services.ecs.model.EFSVolumeConfiguration;
import software.amazon.awssdk.services.ecs.model.NetworkMode;
import software.amazon.awssdk.services.ecs.model.OSFamily;
import software.amazon.awssdk.services.ecs.model.RegisterTaskDefinitionRequest;
import software.amazon.awssdk.services.ecs.model.Secret;
import software.amazon.awssdk.services.ecs.model.Task;
import software.amazon.awssdk.services.efs.model.Tag;
import software.amazon.awssdk.services.efs.model.ThroughputMode;

/**
 * What a task definition can have wrong, and a file system, on the local AWS: found beside one with
 * nothing wrong in the same place.
 */
@ExtendWith(Site.Given.class)
@TestInstance(Lifecycle.PER_CLASS)
class DoctorDefinitionsIT {

    private static final String ENCRYPTED_ONLY =
            """
            {"Effect": "Allow", "Principal": {"AWS": "*"}, "Resource": "*", "Action":
              ["elasticfilesystem:ClientMount", "elasticfilesystem:ClientWrite"]},
            {"Effect": "Deny", "Principal": {"AWS": "*"}, "Action": "*", "Resource": "*",
             "Condition": {"Bool": {"aws:SecureTransport": "false"}}}
            """;

    private static final String SECRET =
            "arn:aws:secretsmanager:eu-west-1:000000000000:secret:key-AbCdEf";
    private static final Tag ALLOW = Tag.builder().key("efs-autopilot/allow").value("/").build();
    private static final NewDhcpConfiguration OTHER_SERVERS =
            NewDhcpConfiguration.builder().key("domain-name-servers").values("10.0.0.53").build();

    private final Lab lab;
    private final Team team;
    private final String right;

    DoctorDefinitionsIT(Site site) {
        this.lab = new Lab(site, "definitions");
        this.team = site.team("doctor-definitions");
        this.right = lab.register(lab.definition("right"));
        lab.policy(ENCRYPTED_ONLY);
    }

    /** A task definition with one thing wrong. */
    record Wrong(String check, String repair, RegisterTaskDefinitionRequest.Builder definition) {

        @Override
        public String toString() {
            return definition.build().family();
        }
    }

    Stream<Wrong> wrong() {
        return Stream.of(
                new Wrong(
                        "platform",
                        "FSx",
                        lab.definition("windows")
                                .runtimePlatform(p ->
                                        p.operatingSystemFamily(
                                                OSFamily.WINDOWS_SERVER_2022_CORE))),
                new Wrong(
                        "platform",
                        "network mode awsvpc",
                        lab.definition("no-network")
                                .requiresCompatibilities(List.of())
                                .networkMode(NetworkMode.NONE)),
                new Wrong(
                        "execution-role",
                        "executionRoleArn",
                        withSecret("no-agent").executionRoleArn(null)),
                new Wrong(
                        "execution-role", "secretsmanager:GetSecretValue", withSecret("no-secret")),
                new Wrong(
                        "execution-role",
                        "aws iam create-role --role-name gone",
                        lab.definition("gone-agent")
                                .executionRoleArn("arn:aws:iam::000000000000:role/gone")),
                new Wrong(
                        "volume-flags", "taskRoleArn", lab.definition("no-role").taskRoleArn(null)),
                new Wrong(
                        "file-system",
                        "fileSystemId",
                        of("no-file-system", v -> v.fileSystemId("fs-0123456789abcdef0"))),
                new Wrong(
                        "access-point",
                        lab.fileSystem,
                        through("no-access-point", "fsap-0123456789abcdef0")),
                new Wrong("access-point", "of one file system", through("elsewhere", elsewhere())),
                new Wrong(
                        "directory-owner",
                        "--posix-user Uid=999,Gid=999",
                        through("not-owner", lab.accessPoint(0))),
                new Wrong(
                        "permissions",
                        "transitEncryption to ENABLED",
                        lab.definition(
                                "plain",
                                EFSVolumeConfiguration.builder()
                                        .fileSystemId(lab.fileSystem)
                                        .build())));
    }

    private RegisterTaskDefinitionRequest.Builder withSecret(String family) {
        var container = lab.definition(family).build().containerDefinitions().getFirst();
        return lab.definition(family)
                .containerDefinitions(
                        container.toBuilder()
                                .secrets(Secret.builder().name("KEY").valueFrom(SECRET).build())
                                .build());
    }

    private RegisterTaskDefinitionRequest.Builder of(
            String family, Consumer<EFSVolumeConfiguration.Builder> change) {
        var volume = lab.volume();
        change.accept(volume);
        return lab.definition(family, volume.build());
    }

    private RegisterTaskDefinitionRequest.Builder through(String family, String accessPoint) {
        return of(
                family,
                volume ->
                        volume.authorizationConfig(a ->
                                a.accessPointId(accessPoint)
                                        .iam(EFSAuthorizationConfigIAM.ENABLED)));
    }

    /** An access point of another file system. */
    private String elsewhere() {
        var other = lab.efs.createFileSystem(r -> r.creationToken("elsewhere")).fileSystemId();
        return lab.efs
                .createAccessPoint(r ->
                        r.clientToken("elsewhere")
                                .fileSystemId(other)
                                .posixUser(u -> u.uid(999L).gid(999L)))
                .accessPointId();
    }

    @ParameterizedTest
    @MethodSource("wrong")
    void what_is_wrong_is_the_cause(Wrong wrong) {
        var fine = lab.diagnosis(right);
        assertThat(fine.path("cause").asText()).as("%s", fine).isEmpty();
        assertThat(Lab.verdict(fine, wrong.check())).isEqualTo("OK");

        var found = lab.diagnosis(lab.register(wrong.definition()));

        assertThat(found.path("cause").asText()).as("%s", found).startsWith(wrong.check() + ": ");
        assertThat(Lab.finding(found, wrong.check()).path("repair").asText())
                .contains(wrong.repair());
    }

    @Test
    void tags_without_their_volumes_are_found_and_the_revision_that_has_them_is_named() {
        team.register("tagged", Map.of("efs-autopilot/volume/data", team.volumeWords()));
        team.revision("tagged", 2);

        var first = lab.diagnosis("tagged:1");

        assertThat(first.path("cause").asText()).startsWith("volumes: ");
        assertThat(Lab.finding(first, "volumes").path("repair").asText()).contains("tagged:2");
        assertThat(Lab.verdict(lab.diagnosis("tagged:2"), "volumes")).isEqualTo("OK");
    }

    @Test
    void used_up_burst_credits_are_found_and_elastic_throughput_ends_that() {
        var slow = lab.efs.createFileSystem(r -> r.creationToken("slow")).fileSystemId();
        var definition = lab.register(of("slow", volume -> volume.fileSystemId(slow)));
        assertThat(Lab.verdict(lab.diagnosis(definition), "throughput")).isEqualTo("UNKNOWN");

        lab.metric(slow, "BurstCreditBalance", 0);
        var found = lab.diagnosis(definition);
        lab.efs.updateFileSystem(r -> r.fileSystemId(slow).throughputMode(ThroughputMode.ELASTIC));

        assertThat(Lab.verdict(found, "throughput")).isEqualTo("BROKEN");
        assertThat(Lab.finding(found, "throughput").path("repair").asText())
                .isEqualTo(
                        "aws efs update-file-system --file-system-id "
                                + slow
                                + " --throughput-mode elastic");
        assertThat(Lab.verdict(lab.diagnosis(definition), "throughput")).isEqualTo("OK");

        lab.metric(slow, "PercentIOLimit", 100);
        assertThat(Lab.verdict(lab.diagnosis(definition), "throughput")).isEqualTo("BROKEN");
    }

    @Test
    void a_one_zone_file_system_sends_the_task_to_its_zone() {
        var zone =
                lab.efs
                        .createFileSystem(
                                r -> r.creationToken("zone").availabilityZoneName("eu-west-1b"))
                        .fileSystemId();
        var found = lab.diagnosis(lab.register(of("zone", volume -> volume.fileSystemId(zone))));
        assertThat(Lab.finding(found, "mount-target").path("repair").asText())
                .contains("a subnet of eu-west-1b")
                .doesNotContain("create-mount-target");
    }

    @Test
    void a_task_in_another_vpc_than_the_mount_targets_is_sent_to_theirs() {
        var other = new Lab(lab.site, "elsewhere");

        var found = Lab.diagnosis(lab.site, right, other.tasks, other.taskGroup);

        assertThat(found.path("cause").asText()).as("%s", found).startsWith("mount-target: ");
        assertThat(Lab.finding(found, "mount-target").path("repair").asText())
                .isEqualTo("run the task in a subnet of " + lab.vpc);
    }

    static Stream<Arguments> contradictory() {
        return Stream.of(
                flags("rootDirectory", v -> v.rootDirectory("/deeper")),
                flags("access point", v -> v.transitEncryption(EFSTransitEncryption.DISABLED)),
                flags(
                        "IAM",
                        v ->
                                v.transitEncryption(EFSTransitEncryption.DISABLED)
                                        .authorizationConfig(
                                                a -> a.iam(EFSAuthorizationConfigIAM.ENABLED))));
    }

    private static Arguments flags(String what, Consumer<EFSVolumeConfiguration.Builder> change) {
        return Arguments.of(what, change);
    }

    /** So that of all that contradicts, only a missing task role is left to be found. */
    @ParameterizedTest(name = "{0}")
    @MethodSource("contradictory")
    void flags_that_contradict_are_refused_where_they_are_registered(
            String what, Consumer<EFSVolumeConfiguration.Builder> change) {
        var definition = of("contradictory", change);

        assertThatExceptionOfType(ClientException.class)
                .isThrownBy(() -> lab.register(definition))
                .withMessageContaining(what);
    }

    @Test
    void an_owner_who_did_not_opt_in_is_told_only_where_something_would_be_repaired() {
        assertThat(Lab.verdict(lab.diagnosis(right), "owner-opt-in")).isEqualTo("OK");

        lab.closeIn();
        var closed = lab.diagnosis(right);
        lab.efs.tagResource(r -> r.resourceId(lab.fileSystem).tags(ALLOW));
        var allowed = lab.diagnosis(right);
        lab.openIn();

        assertThat(Lab.finding(closed, "owner-opt-in").path("repair").asText())
                .isEqualTo(
                        "aws efs tag-resource --resource-id %s --tags Key=efs-autopilot/allow,Value=/"
                                .formatted(lab.fileSystem));
        assertThat(Lab.verdict(allowed, "owner-opt-in")).isEqualTo("OK");
        assertThat(Lab.verdict(allowed, "security-groups-in")).isEqualTo("BROKEN");
    }

    @Test
    void other_name_servers_are_the_cause_once_the_name_did_not_resolve() {
        var other = new Lab(lab.site, "resolver");
        var definition = other.register(other.definition("resolver"));
        other.deleteMountTarget();
        var task = other.stopped(team, definition);
        other.makeMountTarget();
        assertThat(Lab.verdict(diagnosis(task), "resolver")).isEqualTo("OK");

        var options =
                other.ec2
                        .createDhcpOptions(r -> r.dhcpConfigurations(OTHER_SERVERS))
                        .dhcpOptions()
                        .dhcpOptionsId();
        other.ec2.associateDhcpOptions(r -> r.vpcId(other.vpc).dhcpOptionsId(options));

        var found = diagnosis(task);
        assertThat(found.path("cause").asText()).as("%s", found).startsWith("resolver: " + options);
        assertThat(Lab.finding(found, "resolver").path("repair").asText())
                .contains("aws ec2 associate-dhcp-options --vpc-id " + other.vpc);
        assertThat(Lab.verdict(other.diagnosis(definition), "resolver")).isEqualTo("UNKNOWN");
    }

    @Test
    void a_container_whose_user_may_not_use_the_directory_is_found() {
        var point =
                lab.efs
                        .createAccessPoint(r ->
                                r.clientToken("as-the-client")
                                        .fileSystemId(lab.fileSystem)
                                        .rootDirectory(d ->
                                                d.path("/shared")
                                                        .creationInfo(c ->
                                                                c.ownerUid(999L)
                                                                        .ownerGid(999L)
                                                                        .permissions("0750"))))
                        .accessPointId();

        assertThat(as(point, "999:999")).isEqualTo("OK");
        assertThat(as(point, "70:999")).isEqualTo("BROKEN");
        assertThat(as(point, "postgres")).isEqualTo("UNKNOWN");
    }

    private String as(String accessPoint, String user) {
        var definition = through("as-client", accessPoint);
        var container = definition.build().containerDefinitions().getFirst();
        definition.containerDefinitions(container.toBuilder().user(user).build());
        return Lab.verdict(lab.diagnosis(lab.register(definition)), "directory-owner");
    }

    @Test
    void the_last_tasks_of_a_service_say_why_they_stopped_and_an_old_platform_is_found() {
        var other = new Lab(lab.site, "service");
        var definition = other.register(other.definition("service"));
        other.deleteMountTarget();
        other.service(team.world().cluster(), "failing", definition, "1.4.0", 1);
        other.service(team.world().cluster(), "old", definition, "1.3.0", 0);

        var failing =
                Await.until(
                        "the first task of the service to stop",
                        Duration.ofSeconds(30),
                        () ->
                                Optional.of(service("failing"))
                                        .filter(it ->
                                                Lab.verdict(it, "stop-reason").equals("BROKEN")));
        other.makeMountTarget();

        assertThat(failing.path("cause").asText()).startsWith("mount-target: ");
        assertThat(Lab.finding(failing, "stop-reason").path("evidence").asText())
                .startsWith("dns, ")
                .contains("Failed to resolve");
        assertThat(service("old").path("cause").asText()).startsWith("platform: FARGATE, 1.3.0");
        assertThat(Lab.verdict(failing, "platform")).isEqualTo("OK");
    }

    private JsonNode service(String name) {
        var path = "/clusters/%s/services/%s/diagnosis".formatted(team.world().cluster(), name);
        return lab.site.api().call("GET", path, "").body();
    }

    @Test
    void an_instance_that_mounts_without_tls_is_found() {
        assertThat(
                        Lab.verdict(
                                onInstance("doctor-old", "ecs.capability.efs"),
                                "instance-capability"))
                .isEqualTo("BROKEN");
        assertThat(
                        Lab.verdict(
                                onInstance("doctor-new", "ecs.capability.efsAuth"),
                                "instance-capability"))
                .isEqualTo("OK");
    }

    private JsonNode onInstance(String cluster, String attribute) {
        return diagnosis(lab.onInstance(cluster, attribute));
    }

    private JsonNode diagnosis(Task task) {
        var cluster = task.clusterArn().substring(task.clusterArn().indexOf('/') + 1);
        var path = "/clusters/%s/tasks/%s/diagnosis".formatted(cluster, Team.id(task));
        var answer = lab.site.api().call("GET", path, "");
        assertThat(answer.status()).as("%s", answer).isEqualTo(200);
        return answer.body();
    }
}
