package dev.efsautopilot.diagnosis;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.efsautopilot.aws.AccessPoint;
import dev.efsautopilot.aws.AccessPointRoot;
import dev.efsautopilot.aws.ContainerInstance;
import dev.efsautopilot.aws.DhcpOptions;
import dev.efsautopilot.aws.FileSystem;
import dev.efsautopilot.aws.FileSystemLoad;
import dev.efsautopilot.aws.MountTarget;
import dev.efsautopilot.aws.NetworkAcl;
import dev.efsautopilot.aws.RouteTable;
import dev.efsautopilot.aws.SecurityRule;
import dev.efsautopilot.aws.SecurityRule.Peer;
import dev.efsautopilot.aws.Subnet;
import dev.efsautopilot.diagnosis.Fact.Known;
import dev.efsautopilot.diagnosis.Fact.Unknown;
import dev.efsautopilot.diagnosis.Finding.Verdict;
import dev.efsautopilot.diagnosis.NetworkFacts.Dns;
import dev.efsautopilot.json.Json;
import dev.efsautopilot.network.Doors;
import dev.efsautopilot.network.MountTargetSide;
import dev.efsautopilot.network.NfsClient;
import dev.efsautopilot.role.MountPermission;
import dev.efsautopilot.task.EfsVolume;
import dev.efsautopilot.task.Task;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Each check: broken on purpose it is found and is the cause, and with everything fine none is. */
final class DiagnosisTest {

    /** A healthy Fargate task whose parts a test breaks. */
    static final class World {
        String task =
                "{\"taskArn\": \"t\", \"launchType\": \"FARGATE\", \"platformVersion\": \"1.4.0\"}";
        String definition =
                """
                {"family": "web", "revision": 2, "networkMode": "awsvpc", "taskRoleArn": "r",
                 "containerDefinitions": [{"name": "app", "user": "999",
                   "mountPoints": [{"sourceVolume": "data", "containerPath": "/data"}]}]}
                """;
        String tags = "[]";
        Fact<NfsClient> client = new Known<>(client(List.of("sg-task")));
        Fact<Optional<ContainerInstance>> instance = new Known<>(Optional.empty());
        Fact<Dns> dns = new Known<>(new Dns("vpc-1", true, true));
        Fact<Optional<FileSystem>> fileSystem =
                new Known<>(fileSystem("available", Map.of(FileSystem.ALLOW, "/")));
        Fact<List<MountTargetSide>> targets = new Known<>(target("available", "vpc-1"));
        Fact<Optional<MountPermission>> permission =
                new Known<>(Optional.of(new MountPermission.Given("no policy")));
        Fact<FileSystemLoad> load = new Known<>(load(2e12, 3));
        Fact<Optional<DhcpOptions>> resolver = new Known<>(resolver(DhcpOptions.AMAZON));
        Fact<Optional<AccessPoint>> accessPoint = new Known<>(accessPoint("fs-1", "available"));
        Fact<List<NetworkAcl>> acls =
                new Known<>(
                        List.of(
                                acl(
                                        entry(100, true, 0, 65535, true),
                                        entry(100, false, 0, 65535, true))));
        Fact<List<RouteTable>> routes =
                new Known<>(List.of(table(new RouteTable.Route("10.0.0.0/16", true))));
        List<SecurityRule> rules =
                new ArrayList<>(
                        List.of(rule("sg-mt", false, "sg-task"), rule("sg-task", true, "sg-mt")));
        List<Subnet> subnets =
                List.of(
                        new Subnet("subnet-a", "vpc-1", "eu-west-1a", List.of("10.0.1.0/24")),
                        new Subnet("subnet-mt", "vpc-1", "eu-west-1a", List.of("10.0.9.0/24")));
        List<EfsVolume> volumes = List.of(volume("/", true));

        Diagnosis diagnosis() {
            return Diagnosis.of(facts());
        }

        TaskFacts facts() {
            var described = Json.MAPPER.createObjectNode();
            described.set("taskDefinition", json(definition));
            described.set("tags", json(tags));
            return new TaskFacts(
                    Task.parse(json(task)).orElseThrow(),
                    new Known<>(described),
                    client,
                    instance,
                    new NetworkFacts(
                            dns,
                            resolver,
                            new Known<>(new Doors(rules)),
                            acls,
                            routes,
                            new Known<>(subnets)),
                    volumes.stream()
                            .map(volume ->
                                    new VolumeFacts(
                                            volume,
                                            fileSystem,
                                            targets,
                                            accessPoint,
                                            permission,
                                            load))
                            .toList());
        }
    }

    private static JsonNode json(String text) {
        try {
            return Json.MAPPER.readTree(text);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(e);
        }
    }

    private static NfsClient client(List<String> groups) {
        return new NfsClient("vpc-1", "subnet-a", "eu-west-1a", List.of("10.0.1.7"), groups, true);
    }

    private static Optional<FileSystem> fileSystem(String state, Map<String, String> tags) {
        return Optional.of(
                new FileSystem("fs-1", "arn", state, Optional.empty(), "bursting", tags));
    }

    private static List<MountTargetSide> target(String state, String vpc) {
        var target =
                new MountTarget(
                        "fsmt-1",
                        "fs-1",
                        state,
                        "eu-west-1a",
                        vpc,
                        "subnet-mt",
                        "eni-mt",
                        "10.0.9.1",
                        "");
        return List.of(new MountTargetSide(target, List.of("sg-mt")));
    }

    private static Optional<AccessPoint> accessPoint(String fileSystem, String state) {
        var root = new AccessPointRoot(fileSystem, "/web", 1000, 1000, List.of(), "0750");
        return Optional.of(
                new AccessPoint(
                        "fsap-1",
                        "arn",
                        state,
                        root,
                        true,
                        Optional.of(new AccessPoint.Owner(1000, 1000, "0750")),
                        Map.of()));
    }

    private static Optional<AccessPoint> accessPoint(boolean enforces, AccessPoint.Owner owner) {
        return accessPoint("fs-1", "available")
                .map(it ->
                        new AccessPoint(
                                it.id(),
                                it.arn(),
                                it.state(),
                                it.root(),
                                enforces,
                                Optional.of(owner),
                                it.tags()));
    }

    private static NfsClient at(String address) {
        return new NfsClient(
                "vpc-1", "subnet-a", "eu-west-1a", List.of(address), List.of("sg-task"), true);
    }

    private static MountTargetSide side(String ipv4, String ipv6) {
        return new MountTargetSide(
                new MountTarget(
                        "fsmt-1",
                        "fs-1",
                        "available",
                        "eu-west-1a",
                        "vpc-1",
                        "subnet-mt",
                        "eni-mt",
                        ipv4,
                        ipv6),
                List.of("sg-mt"));
    }

    private static String stoppedFor(String reason) {
        return """
        {"taskArn": "t", "launchType": "FARGATE", "platformVersion": "1.4.0",
         "lastStatus": "STOPPED", "stopCode": "TaskFailedToStart", "stoppedReason":
         "ResourceInitializationError: failed to invoke EFS utils commands to set up EFS volumes: %s"}
        """
                .formatted(reason);
    }

    private static FileSystemLoad load(double credits, double limit) {
        return new FileSystemLoad(OptionalDouble.of(credits), OptionalDouble.of(limit));
    }

    private static Optional<DhcpOptions> resolver(String... servers) {
        return Optional.of(new DhcpOptions("dopt-1", List.of(servers), "10.0.0.0/16"));
    }

    private static EfsVolume volume(String root, boolean tls) {
        return new EfsVolume("data", "fs-1", Optional.of("fsap-1"), root, tls, true);
    }

    private static SecurityRule rule(String group, boolean egress, String peer) {
        return new SecurityRule(
                "sgr-" + group, group, egress, "tcp", 2049, 2049, new Peer.Group(peer), Map.of());
    }

    private static RouteTable table(RouteTable.Route... routes) {
        return new RouteTable("rtb-1", Set.of(), true, List.of(routes));
    }

    private static NetworkAcl acl(NetworkAcl.Entry... entries) {
        return new NetworkAcl("acl-1", Set.of("subnet-a", "subnet-mt"), List.of(entries));
    }

    private static NetworkAcl.Entry entry(
            int number, boolean egress, int from, int to, boolean allow) {
        return new NetworkAcl.Entry(number, egress, "6", from, to, "0.0.0.0/0", allow);
    }

    private static Arguments broken(Check check, String what, Consumer<World> breaking) {
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
                                        w.definition.replace(
                                                "\"app\",", "\"app\", \"secrets\": [{}],")),
                broken(
                        Check.ROUTES,
                        "a route to a firewall that is gone",
                        w ->
                                w.routes =
                                        new Known<>(
                                                List.of(
                                                        table(
                                                                new RouteTable.Route(
                                                                        "10.0.0.0/16", true),
                                                                new RouteTable.Route(
                                                                        "10.0.9.0/24", false))))),
                broken(
                        Check.VOLUME_FLAGS,
                        "a directory beside an access point",
                        w -> w.volumes = List.of(volume("/x", true))),
                broken(
                        Check.VOLUME_FLAGS,
                        "no transit encryption",
                        w -> w.volumes = List.of(volume("/", false))),
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
                        w -> w.fileSystem = new Known<>(fileSystem("deleting", Map.of()))),
                broken(
                        Check.MOUNT_TARGET,
                        "none in the zone",
                        w -> w.targets = new Known<>(List.of())),
                broken(
                        Check.MOUNT_TARGET,
                        "one being created",
                        w -> w.targets = new Known<>(target("creating", "vpc-1"))),
                broken(
                        Check.MOUNT_TARGET,
                        "another VPC",
                        w -> w.targets = new Known<>(target("available", "vpc-2"))),
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
                                                        acl(
                                                                entry(50, true, 2049, 2049, false),
                                                                entry(100, true, 0, 65535, true),
                                                                entry(
                                                                        100, false, 0, 65535,
                                                                        true))))),
                broken(
                        Check.NETWORK_ACLS,
                        "answers denied on the way in",
                        w ->
                                w.acls =
                                        new Known<>(
                                                List.of(
                                                        acl(
                                                                entry(100, true, 0, 65535, true),
                                                                entry(
                                                                        100, false, 0, 40000,
                                                                        true))))),
                broken(
                        Check.NETWORK_ACLS,
                        "IPv6 denied where both ends have nothing else",
                        w -> {
                            w.client = new Known<>(at("2001:db8:1::7"));
                            w.targets = new Known<>(List.of(side("", "2001:db8:9::1")));
                        }),
                broken(
                        Check.RESOLVER,
                        "a name server that does not know the name",
                        w -> {
                            w.resolver = new Known<>(resolver("10.0.0.53"));
                            w.task = stoppedFor("Failed to resolve \\\"fs-1.efs.");
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
                        w -> w.load = new Known<>(load(1e9, 3))),
                broken(
                        Check.THROUGHPUT,
                        "at the limit of operations",
                        w -> w.load = new Known<>(load(2e12, 99))),
                broken(
                        Check.DIRECTORY_OWNER,
                        "an access point whose user may not enter its directory",
                        w ->
                                w.accessPoint =
                                        new Known<>(
                                                accessPoint(
                                                        true,
                                                        new AccessPoint.Owner(0, 0, "0755")))),
                broken(
                        Check.DIRECTORY_OWNER,
                        "a container whose user may not write",
                        w -> {
                            w.definition = w.definition.replace("\"999\"", "\"70:70\"");
                            w.accessPoint =
                                    new Known<>(
                                            accessPoint(
                                                    false, new AccessPoint.Owner(999, 70, "0750")));
                        }),
                broken(
                        Check.ACCESS_POINT,
                        "none",
                        w -> w.accessPoint = new Known<>(Optional.empty())),
                broken(
                        Check.ACCESS_POINT,
                        "of another file system",
                        w -> w.accessPoint = new Known<>(accessPoint("fs-2", "available"))),
                broken(
                        Check.ACCESS_POINT,
                        "being created",
                        w -> w.accessPoint = new Known<>(accessPoint("fs-1", "creating"))));
    }

    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource
    void oneThingBroken(Check check, String what, Consumer<World> breaking) {
        var world = new World();
        breaking.accept(world);
        var diagnosis = world.diagnosis();
        assertThat(diagnosis.cause()).as(what).map(Finding::check).contains(check);
        assertThat(diagnosis.cause()).map(Finding::repair).get().asString().isNotBlank();
        assertThat(diagnosis.findings()).filteredOn(finding -> finding.check() == check).hasSize(1);
    }

    @Test
    void a_healthy_task_has_no_cause_and_every_check_is_fine() {
        var diagnosis = new World().diagnosis();
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
        var world = new World();
        world.fileSystem = new Known<>(fileSystem("available", Map.of()));
        assertThat(world.diagnosis().cause()).isEmpty();
    }

    @Test
    void an_owner_who_did_not_opt_in_is_told_beside_what_would_be_repaired() {
        var world = new World();
        world.fileSystem = new Known<>(fileSystem("available", Map.of()));
        world.rules.clear();
        assertThat(world.diagnosis().findings())
                .filteredOn(finding -> finding.verdict() == Verdict.BROKEN)
                .extracting(Finding::check)
                .containsExactly(
                        Check.SECURITY_GROUPS_OUT, Check.SECURITY_GROUPS_IN, Check.OWNER_OPT_IN);
    }

    @Test
    void a_denied_read_makes_its_check_unknown_and_no_other() {
        var world = new World();
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
        var world = new World();
        world.client = new Known<>(client(List.of()));
        world.targets = new Known<>(List.of());
        assertThat(world.diagnosis().cause()).map(Finding::check).contains(Check.MOUNT_TARGET);
        world.targets = new Known<>(target("available", "vpc-1"));
        assertThat(world.diagnosis().findings())
                .filteredOn(finding -> finding.verdict() == Verdict.UNKNOWN)
                .extracting(Finding::check)
                .containsExactly(Check.SECURITY_GROUPS_OUT, Check.SECURITY_GROUPS_IN);
    }

    private static World stopped(String reason) {
        var world = new World();
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
        var world = new World();
        world.acls = new Known<>(List.of(acl()));
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
        var world = new World();
        world.volumes = List.of();
        assertThat(world.diagnosis().findings())
                .containsExactly(Finding.ok(Check.VOLUMES, "web:2 mounts nothing from EFS"));
    }

    @Test
    void who_owns_a_bare_directory_is_not_known() {
        var world = new World();
        world.volumes =
                List.of(new EfsVolume("data", "fs-1", Optional.empty(), "/web", true, true));
        assertThat(world.diagnosis().cause()).isEmpty();
        assertThat(world.diagnosis().findings().getFirst())
                .extracting(Finding::verdict, Finding::check)
                .containsExactly(Verdict.UNKNOWN, Check.DIRECTORY_OWNER);
    }

    @Test
    void the_owner_that_an_access_point_enforces_is_told_with_the_containers_user() {
        var world = new World();
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
        var world = new World();
        var earlier =
                Task.parse(
                                json(
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
