package dev.efsautopilot.local.demo;

import dev.efsautopilot.local.tasks.TaskControl;
import dev.efsautopilot.local.user.Await;
import dev.efsautopilot.local.user.SignedHttp;
import dev.efsautopilot.local.user.User;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import software.amazon.awssdk.services.ec2.model.SecurityGroupRule;
import software.amazon.awssdk.services.ec2.model.Subnet;
import software.amazon.awssdk.services.ecs.model.AssignPublicIp;
import software.amazon.awssdk.services.ecs.model.CapacityProviderStrategyItem;
import software.amazon.awssdk.services.ecs.model.Compatibility;
import software.amazon.awssdk.services.ecs.model.ContainerDefinition;
import software.amazon.awssdk.services.ecs.model.ContainerOverride;
import software.amazon.awssdk.services.ecs.model.EFSTransitEncryption;
import software.amazon.awssdk.services.ecs.model.KeyValuePair;
import software.amazon.awssdk.services.ecs.model.MountPoint;
import software.amazon.awssdk.services.ecs.model.NetworkConfiguration;
import software.amazon.awssdk.services.ecs.model.NetworkMode;
import software.amazon.awssdk.services.ecs.model.RegisterTaskDefinitionRequest;
import software.amazon.awssdk.services.ecs.model.Tag;
import software.amazon.awssdk.services.ecs.model.Task;
import software.amazon.awssdk.services.ecs.model.Volume;
import software.amazon.awssdk.services.eventbridge.model.PutEventsRequestEntry;

/**
 * What the user of the story does, act by act, with ordinary calls to AWS.
 *
 * @param user who does it
 * @param aws what only AWS can do to a task
 * @param world what was there before
 * @param says hears what the user does
 */
record Story(User user, TaskControl aws, World world, Consumer<String> says) {

    private static final Duration SOON = Duration.ofSeconds(60);
    private static final String IMAGE = "public.ecr.aws/docker/library/postgres:17";
    private static final CapacityProviderStrategyItem SPOT =
            CapacityProviderStrategyItem.builder()
                    .capacityProvider("FARGATE_SPOT")
                    .weight(1)
                    .build();
    private static final ContainerOverride DAY =
            ContainerOverride.builder()
                    .name("app")
                    .environment(KeyValuePair.builder().name("DAY").value("2026-01-01").build())
                    .build();
    private static final String RERUN = "on=infrastructure attempts=3 backoff=1s";

    /** The task with its volume written by hand, on AWS without the automation. */
    Task byHand() {
        says.accept("register-task-definition orders-by-hand, its EFS volume written by hand");
        user.ecs()
                .registerTaskDefinition(
                        definition("orders-by-hand")
                                .volumes(volume())
                                .containerDefinitions(container(mount()))
                                .build());
        return stopped(run("orders-by-hand", world.home()));
    }

    /** A task definition with one tag becomes a revision with a volume. */
    User.Revision tagged(String family) {
        says.accept("register-task-definition " + family + " with one tag for the volume");
        user.ecs()
                .registerTaskDefinition(
                        definition(family)
                                .containerDefinitions(container())
                                .tags(
                                        tag(
                                                "efs-autopilot/volume/data",
                                                "fs="
                                                        + world.fileSystem()
                                                        + " mount=app:/var/lib/data uid=999 gid=999"),
                                        tag("efs-autopilot/rerun", RERUN))
                                .build());
        return Await.until(
                "revision 2 of " + family,
                SOON,
                () ->
                        Optional.of(user.newestRevision(family))
                                .filter(revision -> revision.definition().revision() == 2));
    }

    /** The task that the story is about runs. */
    Task running() {
        return running(run("orders", world.home()));
    }

    /** Its host is lost: Spot takes it back, and another task takes its place. */
    Task hostLost(Task first) {
        says.accept("Spot takes the host of " + id(first) + " back");
        aws.spot(first.taskArn(), Duration.ofSeconds(1));
        return Await.until(
                "a task in the place of " + id(first),
                SOON,
                () ->
                        user.tasks(world.cluster(), "orders").stream()
                                .filter(task -> !task.taskArn().equals(first.taskArn()))
                                .filter(task -> task.lastStatus().equals("RUNNING"))
                                .findFirst());
    }

    /** Somebody takes the rule away that a running task needs. */
    List<SecurityGroupRule> revoked() {
        var rules = nfsRules();
        says.accept("revoke-security-group-ingress of NFS from " + world.taskGroup());
        user.ec2()
                .revokeSecurityGroupIngress(r ->
                        r.groupId(world.nfsGroup())
                                .securityGroupRuleIds(
                                        rules.stream()
                                                .map(SecurityGroupRule::securityGroupRuleId)
                                                .toList()));
        return Await.until(
                "the rule to be put back",
                SOON,
                () -> Optional.of(nfsRules()).filter(found -> !found.isEmpty()));
    }

    /** A task in a zone without a mount target, which nothing can help but a person. */
    Task hopeless() {
        tagged("orders-remote");
        return stopped(run("orders-remote", world.remote()));
    }

    /** Why it did not start, asked of the API. */
    SignedHttp.Answer diagnosis(SignedHttp api, Task task) {
        says.accept("GET /clusters/" + world.cluster() + "/tasks/" + id(task) + "/diagnosis");
        return api.call(
                "GET", "/clusters/" + world.cluster() + "/tasks/" + id(task) + "/diagnosis", "");
    }

    /** An access point is asked for on the bus, by whoever needs one at run time. */
    String requested() {
        says.accept("put-events Access Point Requested for the job import-42");
        var detail =
                """
                {"fileSystem":"%s","family":"import","volume":"job-42","uid":1001,"gid":1001}\
                """
                        .formatted(world.fileSystem());
        var entry =
                PutEventsRequestEntry.builder()
                        .source("efs-autopilot.request")
                        .detailType("Access Point Requested")
                        .detail(detail)
                        .build();
        user.events().putEvents(r -> r.entries(entry));
        return Await.until("the access point", SOON, () -> accessPoint("/import/job-42"));
    }

    /** The access point of a directory. */
    Optional<String> accessPoint(String path) {
        return user
                .efs()
                .describeAccessPoints(r -> r.fileSystemId(world.fileSystem()))
                .accessPoints()
                .stream()
                .filter(point -> point.rootDirectory().path().equals(path))
                .map(point -> point.accessPointId())
                .findFirst();
    }

    /** The rules that let the tasks' group in at the mount targets. */
    List<SecurityGroupRule> nfsRules() {
        return user.ingress(world.nfsGroup()).stream()
                .filter(rule ->
                        rule.referencedGroupInfo() != null
                                && world.taskGroup().equals(rule.referencedGroupInfo().groupId()))
                .toList();
    }

    private Task run(String family, Subnet subnet) {
        says.accept("run-task " + family + " on FARGATE_SPOT in " + subnet.availabilityZone());
        var answer =
                user.ecs()
                        .runTask(r ->
                                r.cluster(world.cluster())
                                        .taskDefinition(family)
                                        .capacityProviderStrategy(SPOT)
                                        .platformVersion("1.4.0")
                                        .networkConfiguration(network(subnet))
                                        .overrides(o -> o.containerOverrides(DAY))
                                        .startedBy("nightly")
                                        .tags(tag("team", "orders")));
        return answer.tasks().getFirst();
    }

    private Task running(Task task) {
        return Await.until(
                id(task) + " to run",
                SOON,
                () ->
                        Optional.of(user.task(world.cluster(), task.taskArn()))
                                .filter(now -> now.lastStatus().equals("RUNNING")));
    }

    private Task stopped(Task task) {
        return Await.until(
                id(task) + " to stop",
                SOON,
                () ->
                        Optional.of(user.task(world.cluster(), task.taskArn()))
                                .filter(now -> now.lastStatus().equals("STOPPED")));
    }

    private static RegisterTaskDefinitionRequest.Builder definition(String family) {
        return RegisterTaskDefinitionRequest.builder()
                .family(family)
                .networkMode(NetworkMode.AWSVPC)
                .requiresCompatibilities(Compatibility.FARGATE)
                .cpu("256")
                .memory("512");
    }

    private static ContainerDefinition container(MountPoint... mounts) {
        return ContainerDefinition.builder()
                .name("app")
                .image(IMAGE)
                .essential(true)
                .mountPoints(mounts)
                .build();
    }

    private static MountPoint mount() {
        return MountPoint.builder().sourceVolume("data").containerPath("/var/lib/data").build();
    }

    private Volume volume() {
        return Volume.builder()
                .name("data")
                .efsVolumeConfiguration(e ->
                        e.fileSystemId(world.fileSystem())
                                .transitEncryption(EFSTransitEncryption.ENABLED))
                .build();
    }

    private NetworkConfiguration network(Subnet subnet) {
        return NetworkConfiguration.builder()
                .awsvpcConfiguration(a ->
                        a.subnets(subnet.subnetId())
                                .securityGroups(world.taskGroup())
                                .assignPublicIp(AssignPublicIp.DISABLED))
                .build();
    }

    private static Tag tag(String key, String value) {
        return Tag.builder().key(key).value(value).build();
    }

    private static String id(Task task) {
        return task.taskArn().substring(task.taskArn().lastIndexOf('/') + 1);
    }
}
