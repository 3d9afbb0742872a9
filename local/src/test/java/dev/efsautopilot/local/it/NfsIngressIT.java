package dev.efsautopilot.local.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.efsautopilot.json.Json;
import dev.efsautopilot.local.gateway.RecordedCall;
import dev.efsautopilot.local.stack.LocalAws;
import dev.efsautopilot.local.user.Await;
import dev.efsautopilot.local.user.Team;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.ec2.model.AddPrefixListEntry;
import software.amazon.awssdk.services.ec2.model.IpPermission;
import software.amazon.awssdk.services.ec2.model.IpRange;
import software.amazon.awssdk.services.ec2.model.Ipv6Range;
import software.amazon.awssdk.services.ec2.model.PrefixListId;
import software.amazon.awssdk.services.ec2.model.Tag;
import software.amazon.awssdk.services.ec2.model.UserIdGroupPair;
import software.amazon.awssdk.services.ecs.model.Attribute;
import software.amazon.awssdk.services.ecs.model.LaunchType;
import software.amazon.awssdk.services.ecs.model.NetworkConfiguration;
import software.amazon.awssdk.services.ecs.model.NetworkMode;
import software.amazon.awssdk.services.ecs.model.Task;
import software.amazon.awssdk.services.eventbridge.model.PutEventsRequestEntry;

/** The way of a task to its file system, opened by the events that tell of it. */
@ExtendWith(Site.Given.class)
@TestInstance(Lifecycle.PER_CLASS)
class NfsIngressIT {

    private static final String FUNCTION = "nfs-ingress";
    private static final Duration SOON = Duration.ofSeconds(20);

    private final Site site;
    private final Team team;

    NfsIngressIT(Site site) {
        this.site = site;
        this.team = site.team("ingress");
    }

    @Test
    void a_service_is_let_in_before_it_has_a_task() {
        var ground = Ground.of(team, "service");
        ground.team().registerByHand("ingress-service");

        service(ground, "ingress-service");

        assertThat(ground.team().awaitNfsRules()).hasSize(1);
        assertThat(ground.team().tasks("ingress-service")).isEmpty();
    }

    @Test
    void a_service_that_gets_other_groups_is_let_in_again() {
        var before = Ground.of(team, "moved");
        before.team().registerByHand("ingress-moved");
        service(before, "ingress-moved");
        before.team().awaitNfsRules();
        var group = team.user().securityGroup("ingress-moved-to", before.world().home().vpcId());

        team.user()
                .ecs()
                .updateService(r ->
                        r.cluster(before.world().cluster())
                                .service("ingress-moved")
                                .networkConfiguration(network(before, group)));

        Await.untilTrue(
                "the new group to be let in",
                SOON,
                () -> sources(before, before.world().nfsGroup()).contains(group));
    }

    @Test
    void a_rule_says_what_it_is_for_and_whose_it_is() {
        var ground = Ground.of(team, "said");
        ground.team().registerByHand("ingress-said");

        running(ground, "ingress-said");

        assertThat(ground.team().nfsRules())
                .singleElement()
                .satisfies(rule -> {
                    assertThat(rule.ipProtocol()).isEqualTo("tcp");
                    assertThat(List.of(rule.fromPort(), rule.toPort())).containsOnly(2049);
                    assertThat(rule.description()).contains("ingress-said");
                    assertThat(rule.tags()).extracting(Tag::key).contains("efs-autopilot/managed");
                });
    }

    @Test
    void closed_egress_is_opened_to_the_mount_targets_group_alone() {
        var ground = Ground.of(team, "egress");
        ground.closeEgress();
        ground.team().registerByHand("ingress-egress");

        running(ground, "ingress-egress");

        assertThat(ground.egress())
                .singleElement()
                .satisfies(rule -> {
                    assertThat(rule.referencedGroupInfo().groupId())
                            .isEqualTo(ground.world().nfsGroup());
                    assertThat(List.of(rule.fromPort(), rule.toPort())).containsOnly(2049);
                });
    }

    static Stream<Arguments> openAlready() {
        return Stream.of(
                form("cidr", _ -> from("tcp", 2049, 2049, "172.31.0.0/16")),
                form("ports", _ -> from("tcp", 2000, 3000, "0.0.0.0/0")),
                form("all", _ -> from("-1", -1, -1, "0.0.0.0/0")),
                form("number", _ -> from("6", 2049, 2049, "172.31.0.0/16")),
                form("group", ground -> nfs(ground.world().taskGroup())),
                form("list", ground -> nfs(ground, "list", "192.168.0.0/16", "172.31.0.0/16")));
    }

    /**
     * A form is fine, and nothing is changed; it is taken away, and what the task needs is back.
     */
    @ParameterizedTest(name = "{0}")
    @MethodSource("openAlready")
    void nothing_is_added_while_a_rule_lets_the_task_in_and_one_is_when_it_is_gone(
            String name, Function<Ground, IpPermission> form) {
        var ground = Ground.of(team, name);
        ground.open(form.apply(ground));
        var fine = ground.ingress();
        ground.team().registerByHand("ingress-" + name);

        running(ground, "ingress-" + name);
        awaitLookedAt(ground);
        assertThat(ground.ingress()).isEqualTo(fine);

        awaitNeed(ground.world().nfsGroup());
        ground.team().revoke(fine);
        assertThat(ground.team().awaitNfsRules()).hasSize(1);
        assertThat(ground.ingress()).hasSize(1);
    }

    static Stream<Arguments> openToOthersAlone() {
        return Stream.of(
                form("other-cidr", _ -> from("tcp", 2049, 2049, "10.0.0.0/8")),
                form("other-ports", _ -> from("tcp", 2050, 3000, "0.0.0.0/0")),
                form("udp", _ -> from("udp", 2049, 2049, "0.0.0.0/0")),
                form("ipv6", _ -> ipv6("::/0")),
                form("own-group", ground -> nfs(ground.world().nfsGroup())),
                form("other-list", ground -> nfs(ground, "other", "192.168.0.0/16")));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("openToOthersAlone")
    void a_rule_is_added_beside_those_that_let_others_in(
            String name, Function<Ground, IpPermission> form) {
        var ground = Ground.of(team, name);
        ground.open(form.apply(ground));
        ground.team().registerByHand("ingress-" + name);

        running(ground, "ingress-" + name);

        assertThat(ground.team().nfsRules()).hasSize(1);
        assertThat(ground.ingress()).hasSize(2);
    }

    private static Arguments form(String name, Function<Ground, IpPermission> form) {
        return Arguments.of(name, form);
    }

    private static IpPermission from(String protocol, int first, int last, String cidr) {
        return IpPermission.builder()
                .ipProtocol(protocol)
                .fromPort(first)
                .toPort(last)
                .ipRanges(IpRange.builder().cidrIp(cidr).build())
                .build();
    }

    private static IpPermission ipv6(String cidr) {
        return IpPermission.builder()
                .ipProtocol("-1")
                .ipv6Ranges(Ipv6Range.builder().cidrIpv6(cidr).build())
                .build();
    }

    /** From the ranges of a new prefix list. */
    private static IpPermission nfs(Ground ground, String name, String... cidrs) {
        var list =
                ground.team()
                        .user()
                        .ec2()
                        .createManagedPrefixList(r ->
                                r.prefixListName("ingress-" + name)
                                        .addressFamily("IPv4")
                                        .maxEntries(cidrs.length)
                                        .entries(
                                                Stream.of(cidrs)
                                                        .map(cidr ->
                                                                AddPrefixListEntry.builder()
                                                                        .cidr(cidr)
                                                                        .build())
                                                        .toList()))
                        .prefixList();
        return IpPermission.builder()
                .ipProtocol("tcp")
                .fromPort(2049)
                .toPort(2049)
                .prefixListIds(PrefixListId.builder().prefixListId(list.prefixListId()).build())
                .build();
    }

    /** Egress is fine by each form, and nothing is added to it. */
    @ParameterizedTest(name = "{0}")
    @MethodSource("openAlready")
    void nothing_is_added_where_a_rule_lets_the_task_out(
            String name, Function<Ground, IpPermission> form) {
        var ground = Ground.of(team, "out-" + name);
        ground.closeEgress();
        ground.openEgress(
                name.equals("group") ? nfs(ground.world().nfsGroup()) : form.apply(ground));
        var fine = ground.egress();
        ground.team().registerByHand("ingress-out-" + name);

        running(ground, "ingress-out-" + name);

        assertThat(ground.egress()).isEqualTo(fine);
        assertThat(ground.team().nfsRules()).hasSize(1);
    }

    @Test
    void nothing_is_added_where_the_tasks_are_in_the_mount_targets_own_group() {
        var ground = Ground.of(team, "own");
        var own = ground.world().nfsGroup();
        ground.open(nfs(own));
        team.user()
                .efs()
                .modifyMountTargetSecurityGroups(r ->
                        r.mountTargetId(ground.mountTarget())
                                .securityGroups(own, ground.world().taskGroup()));
        ground.open(nfs(ground.world().taskGroup()));
        ground.team().registerByHand("ingress-own");

        running(ground, "ingress-own");
        awaitLookedAt(ground);

        assertThat(sources(ground, own)).containsExactlyInAnyOrder(own, ground.world().taskGroup());
        assertThat(sources(ground, ground.world().taskGroup())).isEmpty();
    }

    @Test
    void nothing_is_touched_where_the_owner_did_not_opt_in() {
        var ground = Ground.notAllowed(team, "private");
        ground.open(from("tcp", 2049, 2049, "172.31.0.0/16"));
        ground.team().registerByHand("ingress-private");

        running(ground, "ingress-private");
        Await.untilTrue(
                "the function to look at it",
                SOON,
                () ->
                        calls("DescribeFileSystems").stream()
                                .anyMatch(call ->
                                        call.parameters()
                                                .toString()
                                                .contains(ground.world().fileSystem())));

        assertThat(ground.team().nfsRules()).isEmpty();
        assertThat(calls("DescribeMountTargets"))
                .noneMatch(
                        call -> call.parameters().toString().contains(ground.world().fileSystem()));
    }

    @Test
    void thirty_tasks_at_once_make_one_rule() {
        var ground = Ground.of(team, "many");
        ground.team().registerByHand("ingress-many");

        var tasks =
                IntStream.range(0, 3)
                        .boxed()
                        .flatMap(_ -> ten(ground, "ingress-many").stream())
                        .toList();
        tasks.forEach(task -> ground.team().await(task, "RUNNING"));

        assertThat(tasks).hasSize(30);
        assertThat(ground.team().nfsRules()).hasSize(1);
    }

    @Test
    void a_revoked_rule_is_put_back_once_and_then_left_alone() {
        var ground = Ground.of(team, "revoked");
        ground.team().registerByHand("ingress-revoked");
        running(ground, "ingress-revoked");
        awaitLookedAt(ground);

        ground.team().revoke(ground.team().nfsRules());
        var putBack = ground.team().awaitNfsRules();
        assertThat(putBack).hasSize(1);
        awaitDealtWith(ground, 1);
        // CloudTrail tells times to the second, and a revocation of the same second is the same.
        assertThat(Await.stays(Duration.ofMillis(1100), () -> !ground.team().nfsRules().isEmpty()))
                .isTrue();
        ground.team().revoke(putBack);
        awaitDealtWith(ground, 2);

        assertThat(Await.stays(Duration.ofMillis(500), () -> ground.team().nfsRules().isEmpty()))
                .isTrue();
    }

    @Test
    void revoked_egress_is_put_back_to_the_mount_targets_group_alone() {
        var ground = Ground.of(team, "egress-revoked");
        ground.team().registerByHand("ingress-egress-revoked");
        running(ground, "ingress-egress-revoked");
        awaitNeed(ground.world().taskGroup());

        ground.closeEgress();

        var rules =
                Await.until(
                        "a rule that lets the tasks out",
                        SOON,
                        () -> Optional.of(ground.egress()).filter(found -> !found.isEmpty()));
        assertThat(rules)
                .singleElement()
                .extracting(rule -> rule.referencedGroupInfo().groupId())
                .isEqualTo(ground.world().nfsGroup());
    }

    @Test
    void other_groups_of_a_mount_target_get_the_rule_too() {
        var ground = Ground.of(team, "replaced");
        ground.team().registerByHand("ingress-replaced");
        running(ground, "ingress-replaced");
        awaitLookedAt(ground);
        var other = team.user().securityGroup("ingress-replaced-by", ground.world().home().vpcId());

        team.user()
                .efs()
                .modifyMountTargetSecurityGroups(
                        r -> r.mountTargetId(ground.mountTarget()).securityGroups(other));

        Await.untilTrue(
                "a rule of the other group",
                SOON,
                () -> sources(ground, other).equals(List.of(ground.world().taskGroup())));
    }

    @Test
    void a_task_in_bridge_mode_is_let_in_by_its_instances_group() {
        var ground = Ground.of(team, "bridge");
        instance(ground);
        bridge(ground, "ingress-bridge");

        var task =
                team.user()
                        .ecs()
                        .runTask(r ->
                                r.cluster(ground.world().cluster())
                                        .taskDefinition("ingress-bridge")
                                        .launchType(LaunchType.EC2))
                        .tasks()
                        .getFirst();
        ground.team().await(task, "RUNNING");

        assertThat(ground.team().nfsRules()).hasSize(1);
    }

    @Test
    void a_look_costs_the_same_beside_two_hundred_rules_and_access_points_and_other_tasks() {
        var ground = Ground.of(team, "cost");
        ground.team().registerByHand("ingress-cost");
        var task = running(ground, "ingress-cost");
        awaitLookedAt(ground);
        var alone = cost(task);

        Crowd.around(ground, 200);
        ten(ground, "ingress-cost").forEach(other -> ground.team().await(other, "RUNNING"));

        assertThat(cost(task)).isEqualTo(alone);
        assertThat(alone)
                .containsExactlyInAnyOrder(
                        "DescribeTasks",
                        "DescribeNetworkInterfaces",
                        "DescribeFileSystems",
                        "DescribeMountTargets",
                        "DescribeNetworkInterfaces",
                        "DescribeSecurityGroupRules");
    }

    /**
     * The calls of one more look at a task that is open, by name; without the one that a process
     * makes once for a task definition, and the one that it makes once an hour for a family.
     */
    private List<String> cost(Task task) {
        awaitSilence();
        awaitForgotten();
        var before = site.aws().gateway().calls().by(FUNCTION).size();
        tellTask(task);
        Await.untilTrue(
                "the event to be handled",
                SOON,
                () -> site.aws().gateway().calls().by(FUNCTION).size() > before);
        awaitSilence();
        return site.aws().gateway().calls().by(FUNCTION).stream()
                .skip(before)
                .map(RecordedCall::operation)
                .filter(operation ->
                        !Set.of("DescribeTaskDefinition", "BatchGetItem").contains(operation))
                .toList();
    }

    /** What was seen open is remembered for three seconds. */
    private static void awaitForgotten() {
        Await.stays(Duration.ofSeconds(3), () -> true);
    }

    @Test
    void the_whole_start_of_a_task_costs_no_more_than_the_readme_says() {
        var ground = Ground.of(team, "start");
        ground.team().registerByHand("ingress-start");
        awaitSilence();
        var before = site.aws().gateway().calls().by(FUNCTION).size();

        running(ground, "ingress-start");
        awaitLookedAt(ground);
        awaitSilence();

        assertThat(site.aws().gateway().calls().by(FUNCTION).stream().skip(before))
                .extracting(RecordedCall::operation)
                .contains("AuthorizeSecurityGroupIngress")
                .hasSizeBetween(20, 24);
    }

    @Test
    void a_task_without_a_volume_costs_its_launch_and_its_definition() {
        team.register("ingress-nothing", Map.of());
        awaitSilence();
        var before = site.aws().gateway().calls().by(FUNCTION).size();

        team.await(team.run("ingress-nothing", team.world().home()), "RUNNING");
        awaitSilence();

        assertThat(site.aws().gateway().calls().by(FUNCTION).stream().skip(before))
                .extracting(RecordedCall::operation)
                .contains("PutItem", "DescribeTaskDefinition")
                .hasSizeLessThanOrEqualTo(4);
    }

    private void awaitSilence() {
        Await.untilTrue(
                "the function to be done",
                SOON,
                () -> {
                    var size = site.aws().gateway().calls().by(FUNCTION).size();
                    return Await.stays(
                            Duration.ofMillis(700),
                            () -> site.aws().gateway().calls().by(FUNCTION).size() == size);
                });
    }

    private void tell(String detailType, JsonNode detail) {
        team.user()
                .events()
                .putEvents(r ->
                        r.entries(
                                PutEventsRequestEntry.builder()
                                        .source("local.aws")
                                        .detailType(detailType)
                                        .detail(detail.toString())
                                        .build()));
    }

    @Test
    void a_launch_is_remembered_the_same_in_whatever_order_it_is_told() {
        var ground = Ground.of(team, "launch");
        ground.team().registerByHand("ingress-launch");
        team.user()
                .ecs()
                .tagResource(r ->
                        r.resourceArn(
                                        team.user()
                                                .newestRevision("ingress-launch")
                                                .definition()
                                                .taskDefinitionArn())
                                .tags(Team.tag("efs-autopilot/rerun", "on=infrastructure")));
        var task = running(ground, "ingress-launch");
        var calledFirst = launch(task, List.of(this::tellCall, this::tellTask));
        var seenFirst = launch(task, List.of(this::tellTask, this::tellCall));

        assertThat(seenFirst).isEqualTo(calledFirst);
        assertThat(seenFirst.path("source").textValue()).isEqualTo("API_EVENT");
        assertThat(seenFirst.at("/request/startedBy").textValue()).isEqualTo("nightly");
    }

    /** What the ledger holds of a launch that it had forgotten and is told of in this order. */
    private JsonNode launch(Task task, List<Consumer<Task>> events) {
        awaitSilence();
        var key = Map.of("pk", AttributeValue.fromS("launch#" + task.taskArn()));
        var table = site.aws().outputs().getOrDefault("LedgerTable", "");
        try (var ledger = ledger()) {
            ledger.deleteItem(r -> r.tableName(table).key(key));
            for (var event : events) {
                event.accept(task);
                awaitSilence();
            }
            var item = ledger.getItem(r -> r.tableName(table).key(key)).item();
            return Json.MAPPER.readTree(item.getOrDefault("body", AttributeValue.fromS("")).s());
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    private DynamoDbClient ledger() {
        return DynamoDbClient.builder()
                .endpointOverride(site.aws().endpoint())
                .region(Region.of(LocalAws.REGION))
                .credentialsProvider(
                        StaticCredentialsProvider.create(
                                AwsBasicCredentials.create("test", "test")))
                .httpClient(UrlConnectionHttpClient.create())
                .build();
    }

    /** As when its network interface is there, whose id its attachment says. */
    private void tellTask(Task task) {
        var detail =
                Json.MAPPER
                        .createObjectNode()
                        .put("taskArn", task.taskArn())
                        .put("clusterArn", task.clusterArn())
                        .put("taskDefinitionArn", task.taskDefinitionArn())
                        .put("lastStatus", "PENDING")
                        .put("desiredStatus", "RUNNING");
        var details =
                detail.putArray("attachments").addObject().put("type", "eni").putArray("details");
        task.attachments().getFirst().details().stream()
                .filter(one -> one.name().equals("networkInterfaceId"))
                .forEach(one ->
                        details.addObject().put("name", one.name()).put("value", one.value()));
        tell("ECS Task State Change", detail);
    }

    private void tellCall(Task task) {
        var detail =
                Json.MAPPER
                        .createObjectNode()
                        .put("eventSource", "ecs.amazonaws.com")
                        .put("eventName", "RunTask")
                        .put("eventTime", "2026-01-01T00:00:00Z");
        detail.putObject("requestParameters")
                .put("cluster", task.clusterArn())
                .put("taskDefinition", "ingress-launch")
                .put("startedBy", "nightly");
        detail.putObject("responseElements")
                .putArray("tasks")
                .addObject()
                .put("taskArn", task.taskArn())
                .put("clusterArn", task.clusterArn());
        tell("AWS API Call via CloudTrail", detail);
    }

    private void instance(Ground ground) {
        var instance =
                team.user()
                        .ec2()
                        .runInstances(r ->
                                r.imageId("ami-12345678")
                                        .minCount(1)
                                        .maxCount(1)
                                        .subnetId(ground.world().home().subnetId())
                                        .securityGroupIds(ground.world().taskGroup()))
                        .instances()
                        .getFirst();
        team.user()
                .ecs()
                .registerContainerInstance(r ->
                        r.cluster(ground.world().cluster())
                                .instanceIdentityDocument(
                                        "{\"instanceId\":\"%s\"}".formatted(instance.instanceId()))
                                .attributes(
                                        Attribute.builder()
                                                .name("ecs.capability.efsAuth")
                                                .build()));
    }

    private void bridge(Ground ground, String family) {
        ground.team().registerByHand(family);
        var written = team.user().newestRevision(family).definition();
        team.user()
                .ecs()
                .registerTaskDefinition(r ->
                        r.family(family)
                                .networkMode(NetworkMode.BRIDGE)
                                .containerDefinitions(
                                        written.containerDefinitions().getFirst().toBuilder()
                                                .memory(64)
                                                .build())
                                .volumes(written.volumes()));
    }

    private void service(Ground ground, String family) {
        team.user()
                .ecs()
                .createService(r ->
                        r.cluster(ground.world().cluster())
                                .serviceName(family)
                                .taskDefinition(family)
                                .desiredCount(0)
                                .launchType(LaunchType.FARGATE)
                                .networkConfiguration(network(ground, ground.world().taskGroup())));
    }

    private static NetworkConfiguration network(Ground ground, String group) {
        return NetworkConfiguration.builder()
                .awsvpcConfiguration(
                        a -> a.subnets(ground.world().home().subnetId()).securityGroups(group))
                .build();
    }

    private List<Task> ten(Ground ground, String family) {
        return team.user()
                .ecs()
                .runTask(r ->
                        r.cluster(ground.world().cluster())
                                .taskDefinition(family)
                                .count(10)
                                .launchType(LaunchType.FARGATE)
                                .networkConfiguration(network(ground, ground.world().taskGroup())))
                .tasks();
    }

    private static Task running(Ground ground, String family) {
        return ground.team().await(ground.team().run(family, ground.world().home()), "RUNNING");
    }

    private static IpPermission nfs(String group) {
        return IpPermission.builder()
                .ipProtocol("tcp")
                .fromPort(2049)
                .toPort(2049)
                .userIdGroupPairs(UserIdGroupPair.builder().groupId(group).build())
                .build();
    }

    private List<String> sources(Ground ground, String group) {
        return ground.team().user().ingress(group).stream()
                .flatMap(rule -> Optional.ofNullable(rule.referencedGroupInfo()).stream())
                .map(info -> info.groupId())
                .toList();
    }

    /** The function remembers who needs a mount target when it has seen its task running. */
    private void awaitLookedAt(Ground ground) {
        awaitNeed(ground.mountTarget());
    }

    private void awaitNeed(String id) {
        Await.untilTrue(
                "the running task to be looked at",
                SOON,
                () ->
                        calls("PutItem").stream()
                                .anyMatch(call ->
                                        call.parameters().toString().contains("need#" + id)));
    }

    /** The ledger keeps each revocation of a rule that the function has dealt with. */
    private void awaitDealtWith(Ground ground, int revocations) {
        Await.untilTrue(
                "revocation " + revocations + " to be dealt with",
                SOON,
                () ->
                        calls("PutItem").stream()
                                        .filter(call ->
                                                call.parameters()
                                                        .toString()
                                                        .contains(
                                                                "revoked#"
                                                                        + ground.world()
                                                                                .nfsGroup()))
                                        .count()
                                >= revocations);
    }

    private List<RecordedCall> calls(String operation) {
        return site.aws().gateway().calls().by(FUNCTION).stream()
                .filter(call -> call.operation().equals(operation))
                .toList();
    }
}
