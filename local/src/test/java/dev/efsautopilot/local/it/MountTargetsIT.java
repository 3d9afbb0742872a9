package dev.efsautopilot.local.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.efsautopilot.aws.Clients;
import dev.efsautopilot.json.Json;
import dev.efsautopilot.local.gap.RuleQuota;
import dev.efsautopilot.local.stack.LocalAws;
import dev.efsautopilot.local.user.Await;
import dev.efsautopilot.local.user.Team;
import dev.efsautopilot.network.NfsClient;
import dev.efsautopilot.network.NfsPlan;
import dev.efsautopilot.network.NfsPolicy;
import dev.efsautopilot.network.NfsReader;
import dev.efsautopilot.network.NfsStep;
import dev.efsautopilot.network.OpenNfs;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.extension.ExtendWith;
import software.amazon.awssdk.services.ec2.model.SecurityGroup;
import software.amazon.awssdk.services.ec2.model.Subnet;
import software.amazon.awssdk.services.ec2.model.Tag;
import software.amazon.awssdk.services.ecs.model.EFSTransitEncryption;
import software.amazon.awssdk.services.ecs.model.MountPoint;
import software.amazon.awssdk.services.ecs.model.Volume;

/** Mount targets that are full, missing, in one zone only, or in another VPC. */
@ExtendWith(Site.Given.class)
@TestInstance(Lifecycle.PER_CLASS)
class MountTargetsIT {

    private static final String FUNCTION = "nfs-ingress";
    private static final Duration SOON = Duration.ofSeconds(20);
    private static final Map<String, String> SDK =
            Map.of(
                    "aws.region", LocalAws.REGION,
                    "aws.accessKeyId", "test",
                    "aws.secretAccessKey", "test");

    private final Site site;
    private final Team team;
    private final NfsWitness nfs;

    MountTargetsIT(Site site) {
        this.site = site;
        this.nfs = new NfsWitness(site);
        this.team = site.team("targets");
    }

    @BeforeAll
    static void giveTheSdkCredentials() {
        SDK.forEach(System::setProperty);
    }

    @AfterAll
    static void takeThemBack() {
        SDK.keySet().forEach(System::clearProperty);
    }

    @Test
    void a_full_group_is_passed_over_for_one_made_group_that_takes_the_next_rule_too() {
        var ground = Ground.of(team, "full");
        Crowd.fill(ground.team().user(), ground.world().nfsGroup(), RuleQuota.RULES);
        ground.team().registerByHand("targets-full");
        var task = ground.team().run("targets-full", ground.world().home());
        ground.team().await(task, "RUNNING");

        var made = made(ground).orElseThrow();
        assertThat(groups(ground)).containsExactly(ground.world().nfsGroup(), made.groupId());
        assertThat(made.tags()).extracting(Tag::key).contains("efs-autopilot/managed");
        assertThat(sources(made)).containsExactly(ground.world().taskGroup());

        var second = team.user().securityGroup("targets-second", ground.world().home().vpcId());
        ground.service("targets-full", Ground.network(ground.world().home().subnetId(), second));

        Await.untilTrue("the second rule", SOON, () -> sources(made).contains(second));
        assertThat(groups(ground)).hasSize(2);
        assertThat(ground.ingress()).hasSize(RuleQuota.RULES);
    }

    @Test
    void the_next_group_of_the_mount_target_takes_the_rule_of_a_full_one() {
        var ground = Ground.of(team, "next");
        var own = ground.world().nfsGroup();
        var next = team.user().securityGroup("targets-next", ground.world().home().vpcId());
        Crowd.fill(ground.team().user(), own, RuleQuota.RULES);
        Crowd.fill(ground.team().user(), next, RuleQuota.RULES - 1);
        ground.replaceGroups(own, next);
        ground.team().registerByHand("targets-next");

        ground.running("targets-next");
        ground.running("targets-next");

        assertThat(ground.sources(own)).isEmpty();
        assertThat(ground.sources(next)).containsExactly(taskGroup(ground));
        assertThat(groups(ground)).containsExactlyInAnyOrder(own, next);
        assertThat(made(ground)).isEmpty();
    }

    @Test
    void five_full_groups_are_left_as_they_are_and_what_to_raise_is_said() {
        var ground = Ground.of(team, "five");
        var five =
                Stream.concat(
                                Stream.of(ground.world().nfsGroup()),
                                IntStream.range(1, 5)
                                        .mapToObj(i ->
                                                team.user()
                                                        .securityGroup(
                                                                "targets-five-" + i,
                                                                ground.world().home().vpcId())))
                        .toList();
        five.forEach(group -> Crowd.fill(ground.team().user(), group, RuleQuota.RULES));
        ground.replaceGroups(five.toArray(String[]::new));
        ground.team().registerByHand("targets-five");

        ground.service(
                "targets-five",
                Ground.network(ground.world().home().subnetId(), taskGroup(ground)));

        nfs.awaitRefusal("targets-five", "L-0EA8095F");
        assertThat(groups(ground)).containsExactlyElementsOf(five);
        assertThat(made(ground)).isEmpty();
    }

    @Test
    void a_peered_vpc_is_let_in_by_group_and_another_is_refused() {
        var ground = Ground.of(team, "peered");
        ground.team().registerByHand("targets-peered");
        var place = place(ground, "10.51.0.0/16");

        ground.service(
                "targets-peered",
                Ground.network(place.subnetId(), place.securityGroups().getFirst()));
        nfs.awaitRefusal("targets-peered", "peer");
        assertThat(ground.ingress()).isEmpty();

        peer(ground, place.vpcId());
        team.user()
                .ecs()
                .updateService(r ->
                        r.cluster(ground.world().cluster())
                                .service("targets-peered")
                                .networkConfiguration(
                                        Ground.network(
                                                place.subnetId(),
                                                place.securityGroups().getFirst())));
        Await.untilTrue(
                "the group of the peered VPC to be let in",
                SOON,
                () ->
                        ground.ingress().stream()
                                .anyMatch(rule ->
                                        rule.referencedGroupInfo()
                                                .groupId()
                                                .equals(place.securityGroups().getFirst())));
    }

    @Test
    void a_one_zone_file_system_is_said_and_no_mount_target_is_tried() {
        var home = team.world().home();
        var oneZone =
                team.user()
                        .efs()
                        .createFileSystem(r ->
                                r.creationToken("targets-one-zone")
                                        .availabilityZoneName(home.availabilityZone())
                                        .tags(Ground.ALLOW))
                        .fileSystemId();
        team.user().efs().createMountTarget(r -> r.fileSystemId(oneZone).subnetId(home.subnetId()));
        var closed = closedInRemoteZone("one-zone");

        register("targets-one-zone", closed, oneZone);
        team.run("targets-one-zone", team.world().remote());

        nfs.awaitRefusal(oneZone, "One Zone");
        assertThat(zones(oneZone)).containsExactly(home.availabilityZone());
    }

    /** Its mounts are tried for as long as nothing answers, which keeps a task PENDING. */
    private String closedInRemoteZone(String name) {
        var ground = Ground.notAllowed(team, "closed-" + name);
        team.user()
                .efs()
                .createMountTarget(r ->
                        r.fileSystemId(ground.world().fileSystem())
                                .subnetId(team.world().remote().subnetId())
                                .securityGroups(ground.world().nfsGroup()));
        return ground.world().fileSystem();
    }

    @Test
    void a_missing_mount_target_is_made_with_the_groups_of_the_others_where_the_stack_may() {
        var ground = Ground.of(team, "missing");
        var remote = ground.world().remote();
        var client = at(ground, remote);

        assertThat(open(ground, client, false).refusals())
                .singleElement()
                .satisfies(no -> assertThat(no.remedy()).contains("create-mount-target"));
        assertThat(zones(ground.world().fileSystem())).hasSize(1);

        assertThat(open(ground, client, true).steps())
                .hasAtLeastOneElementOfType(NfsStep.CreateMountTarget.class);
        assertThat(zones(ground.world().fileSystem())).contains(remote.availabilityZone());
        assertThat(open(ground, client, true)).isEqualTo(NfsPlan.NOTHING);
        ground.team().registerByHand("targets-missing");
        ground.team().await(ground.team().run("targets-missing", remote), "RUNNING");
    }

    @Test
    void a_mount_target_that_is_made_for_a_task_is_looked_at_again_until_it_is_available() {
        var ground = Ground.of(team, "awaited");
        var fileSystem = ground.world().fileSystem();
        var attempts = new CopyOnWriteArrayList<JsonNode>();
        site.aws()
                .functionLogs()
                .listen((_, line) -> attempts.addAll(told(line, "is being created")));
        site.aws().gateway().lifeCycles().delayNextMountTarget(fileSystem, Duration.ofMillis(1200));
        register("targets-awaited", closedInRemoteZone("while-made"), fileSystem);
        register("targets-repaired", fileSystem);
        assertThat(mountTargetFinding(ground, "targets-repaired"))
                .contains("BROKEN", "automatic with the stack's parameter CreateMountTargets");

        try (var setting = new OtherSetting(site, FUNCTION, "CREATE_MOUNT_TARGETS", "true")) {
            setting.allowing("elasticfilesystem:CreateMountTarget", "ec2:CreateNetworkInterface");
            team.run("targets-awaited", ground.world().remote());
            Await.untilTrue("the function to wait for it", SOON, () -> !attempts.isEmpty());
            var request = attempts.getFirst().path("requestId").asText();
            var again = new CopyOnWriteArrayList<JsonNode>();
            site.aws().functionLogs().listen((_, line) -> again.addAll(told(line, request)));
            Await.untilTrue(
                    "the retry to find it available",
                    SOON,
                    () ->
                            again.stream()
                                    .anyMatch(it -> !it.path("outcome").asText().equals("failed")));
        }

        assertThat(mountTargetFinding(ground, "targets-repaired")).contains("\"OK\"");
        assertThat(attempts).extracting(it -> it.path("error").asText()).containsOnly("NotYet");
        assertThat(nfs.calls("CreateMountTarget"))
                .filteredOn(call -> call.parameters().toString().contains(fileSystem))
                .hasSize(1);
        assertThat(zones(fileSystem)).contains(ground.world().remote().availabilityZone());
        ground.team()
                .await(ground.team().run("targets-repaired", ground.world().remote()), "RUNNING");
    }

    /** What the doctor says of the mount target of a task in the remote zone. */
    private String mountTargetFinding(Ground ground, String family) {
        var diagnosis =
                Lab.diagnosis(site, family, ground.world().remote().subnetId(), taskGroup(ground));
        return Lab.finding(diagnosis, "mount-target").toString();
    }

    /** The line that an invocation wrote, where it has this in it. */
    private static List<JsonNode> told(String line, String what) {
        try {
            return line.startsWith("{") && line.contains(what) && line.contains("\"outcome\"")
                    ? List.of(Json.MAPPER.readTree(line))
                    : List.of();
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void closed_egress_is_said_and_left_where_the_stack_may_not_open_it() {
        var ground = Ground.of(team, "kept");
        ground.closeEgress();
        var client = at(ground, ground.world().home());
        var policy = new NfsPolicy("by-hand", false, false);

        assertThat(open(ground, client, policy).refusals())
                .singleElement()
                .satisfies(no -> assertThat(no.remedy()).contains("ManageEgress"));
        assertThat(ground.egress()).isEmpty();
    }

    /** A task of this ground in a subnet. */
    private static NfsClient at(Ground ground, Subnet subnet) {
        return new NfsClient(
                subnet.vpcId(),
                subnet.subnetId(),
                subnet.availabilityZone(),
                List.of(subnet.cidrBlock()),
                List.of(taskGroup(ground)),
                true);
    }

    private NfsPlan open(Ground ground, NfsClient client, boolean createMountTargets) {
        return open(ground, client, new NfsPolicy("by-hand", true, createMountTargets));
    }

    private NfsPlan open(Ground ground, NfsClient client, NfsPolicy policy) {
        return open(ground.world().fileSystem(), client, policy, Set.of());
    }

    /** As the function does it, with parameters that the stack does not have here. */
    private NfsPlan open(
            String fileSystem, NfsClient client, NfsPolicy policy, Set<String> s3FileSystems) {
        var clients = Clients.at(Optional.of(site.aws().endpoint()));
        var reader =
                new NfsReader(
                        clients.ecs(),
                        clients.efs(),
                        clients.ec2(),
                        clients.s3Files(),
                        s3FileSystems);
        var nfs = new OpenNfs(reader, clients.efs(), clients.ec2(), policy);
        return nfs.apply(nfs.plan(List.of(client), List.of(fileSystem), "targets"));
    }

    /** A subnet of another VPC, in the zone of home. */
    private NfsClient place(Ground ground, String cidr) {
        var ec2 = team.user().ec2();
        var vpc = ec2.createVpc(r -> r.cidrBlock(cidr)).vpc().vpcId();
        var zone = ground.world().home().availabilityZone();
        var subnet =
                ec2.createSubnet(r ->
                                r.vpcId(vpc)
                                        .cidrBlock(cidr.replace("/16", "/24"))
                                        .availabilityZone(zone))
                        .subnet();
        var group = team.user().securityGroup("targets-elsewhere", vpc);
        return new NfsClient(
                vpc, subnet.subnetId(), zone, List.of(subnet.cidrBlock()), List.of(group), true);
    }

    private void peer(Ground ground, String vpc) {
        var ec2 = team.user().ec2();
        var peering =
                ec2.createVpcPeeringConnection(
                                r -> r.vpcId(vpc).peerVpcId(ground.world().home().vpcId()))
                        .vpcPeeringConnection()
                        .vpcPeeringConnectionId();
        ec2.acceptVpcPeeringConnection(r -> r.vpcPeeringConnectionId(peering));
    }

    private void register(String family, String... fileSystems) {
        var volumes =
                Stream.of(fileSystems)
                        .map(id ->
                                Volume.builder()
                                        .name(id)
                                        .efsVolumeConfiguration(e ->
                                                e.fileSystemId(id)
                                                        .transitEncryption(
                                                                EFSTransitEncryption.ENABLED))
                                        .build())
                        .toList();
        var definition = Team.definition(family).build();
        var container =
                definition.containerDefinitions().getFirst().toBuilder()
                        .mountPoints(
                                volumes.stream()
                                        .map(volume ->
                                                MountPoint.builder()
                                                        .sourceVolume(volume.name())
                                                        .containerPath("/" + volume.name())
                                                        .build())
                                        .toList())
                        .build();
        team.user()
                .ecs()
                .registerTaskDefinition(
                        definition.toBuilder()
                                .volumes(volumes)
                                .containerDefinitions(container)
                                .build());
    }

    private static String taskGroup(Ground ground) {
        return ground.world().taskGroup();
    }

    private List<String> groups(Ground ground) {
        return team.user()
                .efs()
                .describeMountTargetSecurityGroups(r -> r.mountTargetId(ground.mountTarget()))
                .securityGroups();
    }

    private Optional<SecurityGroup> made(Ground ground) {
        return team.user().ec2().describeSecurityGroups().securityGroups().stream()
                .filter(group -> group.groupName().contains(ground.world().fileSystem()))
                .findFirst();
    }

    private List<String> sources(SecurityGroup group) {
        return team.user().ingress(group.groupId()).stream()
                .map(rule -> rule.referencedGroupInfo().groupId())
                .toList();
    }

    private List<String> zones(String fileSystem) {
        return team
                .user()
                .efs()
                .describeMountTargets(r -> r.fileSystemId(fileSystem))
                .mountTargets()
                .stream()
                .map(target -> target.availabilityZoneName())
                .toList();
    }
}
