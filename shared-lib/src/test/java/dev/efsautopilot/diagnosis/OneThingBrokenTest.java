package dev.efsautopilot.diagnosis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.efsautopilot.aws.AccessPoint;
import dev.efsautopilot.aws.ContainerInstance;
import dev.efsautopilot.aws.RouteTable;
import dev.efsautopilot.aws.SecurityRule;
import dev.efsautopilot.diagnosis.Fact.Known;
import dev.efsautopilot.diagnosis.NetworkFacts.Dns;
import dev.efsautopilot.role.MountPermission;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Each check: broken on purpose it is found and is the cause. */
final class OneThingBrokenTest {

    private static Arguments broken(Check check, String what, Consumer<HealthyTask> breaking) {
        return Arguments.of(check, what, breaking);
    }

    static Stream<Arguments> oneThingBroken() {
        return Stream.of(
                broken(
                        Check.VOLUMES,
                        "tags without the volumes",
                        w -> {
                            w.volumes = List.of();
                            w.tags =
                                    "[{\"key\": \"efs-autopilot/volume/data\", \"value\": \"mount=/d\"}]";
                        }),
                broken(
                        Check.PLATFORM,
                        "an old platform version",
                        w -> w.task = w.task.replace("1.4.0", "1.3.0")),
                broken(
                        Check.PLATFORM,
                        "ECS Anywhere",
                        w -> w.task = w.task.replace("FARGATE", "EXTERNAL")),
                broken(
                        Check.PLATFORM,
                        "network mode none",
                        w -> w.definition = w.definition.replace("awsvpc", "none")),
                broken(
                        Check.PLATFORM,
                        "Windows",
                        w ->
                                w.definition =
                                        w.definition.replace(
                                                "\"family\"",
                                                "\"runtimePlatform\": {\"operatingSystemFamily\":"
                                                        + " \"WINDOWS_SERVER_2022_CORE\"}, \"family\"")),
                broken(
                        Check.EXECUTION_ROLE,
                        "secrets and no execution role",
                        w ->
                                w.definition =
                                        w.definition
                                                .replace("executionRoleArn", "x")
                                                .replace(
                                                        "\"app\",", "\"app\", \"secrets\": [{}],")),
                broken(
                        Check.EXECUTION_ROLE,
                        "an execution role that is not there",
                        w -> w.executionRole = new Known<>(Optional.empty())),
                broken(
                        Check.EXECUTION_ROLE,
                        "one that ECS may not assume",
                        w ->
                                w.executionRole =
                                        new Known<>(
                                                Optional.of(new ExecutionRole(false, List.of())))),
                broken(
                        Check.EXECUTION_ROLE,
                        "one that may not write the logs",
                        w ->
                                w.executionRole =
                                        new Known<>(
                                                Optional.of(
                                                        new ExecutionRole(
                                                                true,
                                                                List.of(
                                                                        new RoleNeed(
                                                                                "app logs",
                                                                                List.of(
                                                                                        "logs:PutLogEvents"),
                                                                                "*")))))),
                broken(
                        Check.ROUTES,
                        "a route to a firewall that is gone",
                        w ->
                                w.routes =
                                        new Known<>(
                                                List.of(
                                                        Parts.table(
                                                                new RouteTable.Route(
                                                                        "10.0.0.0/16", true),
                                                                new RouteTable.Route(
                                                                        "10.0.9.0/24", false))))),
                broken(
                        Check.VOLUME_FLAGS,
                        "a directory beside an access point",
                        w -> w.volumes = List.of(Parts.volume("/x", true))),
                broken(
                        Check.VOLUME_FLAGS,
                        "no transit encryption",
                        w -> w.volumes = List.of(Parts.volume("/", false))),
                broken(
                        Check.VOLUME_FLAGS,
                        "IAM without a task role",
                        w -> w.definition = w.definition.replace("taskRoleArn", "x")),
                broken(
                        Check.INSTANCE_CAPABILITY,
                        "an agent without efsAuth",
                        w ->
                                w.instance =
                                        new Known<>(
                                                Optional.of(
                                                        new ContainerInstance(
                                                                "ci",
                                                                "i-1",
                                                                Set.of("ecs.capability.efs"))))),
                broken(
                        Check.FILE_SYSTEM,
                        "no file system",
                        w -> w.fileSystem = new Known<>(Optional.empty())),
                broken(
                        Check.FILE_SYSTEM,
                        "one being deleted",
                        w -> w.fileSystem = new Known<>(Parts.fileSystem("deleting", Map.of()))),
                broken(
                        Check.MOUNT_TARGET,
                        "none in the zone",
                        w -> w.targets = new Known<>(List.of())),
                broken(
                        Check.MOUNT_TARGET,
                        "one being created",
                        w -> w.targets = new Known<>(Parts.target("creating", "vpc-1"))),
                broken(
                        Check.MOUNT_TARGET,
                        "another VPC",
                        w -> w.targets = new Known<>(Parts.target("available", "vpc-2"))),
                broken(
                        Check.VPC_DNS,
                        "no DNS support",
                        w -> w.dns = new Known<>(new Dns("vpc-1", false, true))),
                broken(
                        Check.VPC_DNS,
                        "no DNS host names",
                        w -> w.dns = new Known<>(new Dns("vpc-1", true, false))),
                broken(
                        Check.SECURITY_GROUPS_IN,
                        "no ingress rule",
                        w -> w.rules.removeIf(rule -> !rule.egress())),
                broken(
                        Check.SECURITY_GROUPS_OUT,
                        "no egress rule",
                        w -> w.rules.removeIf(SecurityRule::egress)),
                broken(
                        Check.NETWORK_ACLS,
                        "NFS denied on the way out",
                        w ->
                                w.acls =
                                        new Known<>(
                                                List.of(
                                                        Parts.acl(
                                                                Parts.entry(
                                                                        50, true, 2049, 2049,
                                                                        false),
                                                                Parts.entry(
                                                                        100, true, 0, 65535, true),
                                                                Parts.entry(
                                                                        100, false, 0, 65535,
                                                                        true))))),
                broken(
                        Check.NETWORK_ACLS,
                        "answers denied on the way in",
                        w ->
                                w.acls =
                                        new Known<>(
                                                List.of(
                                                        Parts.acl(
                                                                Parts.entry(
                                                                        100, true, 0, 65535, true),
                                                                Parts.entry(
                                                                        100, false, 0, 40000,
                                                                        true))))),
                broken(
                        Check.NETWORK_ACLS,
                        "IPv6 denied where both ends have nothing else",
                        w -> {
                            w.client = new Known<>(Parts.at("2001:db8:1::7"));
                            w.targets = new Known<>(List.of(Parts.side("", "2001:db8:9::1")));
                        }),
                broken(
                        Check.RESOLVER,
                        "a name server that does not know the name",
                        w -> {
                            w.resolver = new Known<>(Parts.resolver("10.0.0.53"));
                            w.task = Parts.stoppedFor("Failed to resolve \\\"fs-1.efs.");
                        }),
                broken(
                        Check.PERMISSIONS,
                        "a role that lacks one",
                        w ->
                                w.permission =
                                        new Known<>(
                                                Optional.of(
                                                        new MountPermission.Refused(
                                                                List.of("ClientMount"),
                                                                "the role lacks it",
                                                                "aws iam put-role-policy")))),
                broken(
                        Check.THROUGHPUT,
                        "no burst credits left",
                        w -> w.load = new Known<>(Parts.load(1e9, 3))),
                broken(
                        Check.THROUGHPUT,
                        "at the limit of operations",
                        w -> w.load = new Known<>(Parts.load(2e12, 99))),
                broken(
                        Check.DIRECTORY_OWNER,
                        "an access point whose user may not enter its directory",
                        w ->
                                w.accessPoint =
                                        new Known<>(
                                                Parts.accessPoint(
                                                        true,
                                                        new AccessPoint.Owner(0, 0, "0755")))),
                broken(
                        Check.DIRECTORY_OWNER,
                        "a container whose user may not write",
                        w -> {
                            w.definition = w.definition.replace("\"999\"", "\"70:70\"");
                            w.accessPoint =
                                    new Known<>(
                                            Parts.accessPoint(
                                                    false, new AccessPoint.Owner(999, 70, "0750")));
                        }),
                broken(
                        Check.ACCESS_POINT,
                        "none",
                        w -> w.accessPoint = new Known<>(Optional.empty())),
                broken(
                        Check.ACCESS_POINT,
                        "of another file system",
                        w -> w.accessPoint = new Known<>(Parts.accessPoint("fs-2", "available"))),
                broken(
                        Check.ACCESS_POINT,
                        "being created",
                        w -> w.accessPoint = new Known<>(Parts.accessPoint("fs-1", "creating"))));
    }

    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource
    void oneThingBroken(Check check, String what, Consumer<HealthyTask> breaking) {
        var world = new HealthyTask();
        breaking.accept(world);
        var diagnosis = world.diagnosis();
        assertThat(diagnosis.cause()).as(what).map(Finding::check).contains(check);
        assertThat(diagnosis.cause()).map(Finding::repair).get().asString().isNotBlank();
        assertThat(diagnosis.findings()).filteredOn(finding -> finding.check() == check).hasSize(1);
    }
}
