package dev.efsautopilot.local.user;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
import software.amazon.awssdk.services.ecs.model.RunTaskRequest;
import software.amazon.awssdk.services.ecs.model.Tag;
import software.amazon.awssdk.services.ecs.model.Task;
import software.amazon.awssdk.services.ecs.model.Volume;

/**
 * People who run tasks: what they register and start, and what they can see of it.
 *
 * @param user whose account it is
 * @param world where they run their tasks
 */
public record Team(User user, World world) {

    /** The only container of every task. */
    public static final String CONTAINER = "app";

    private static final Duration SOON = Duration.ofSeconds(60);
    private static final String IMAGE = "public.ecr.aws/docker/library/postgres:17";
    private static final CapacityProviderStrategyItem SPOT =
            CapacityProviderStrategyItem.builder()
                    .capacityProvider("FARGATE_SPOT")
                    .weight(1)
                    .build();
    private static final ContainerOverride DAY =
            ContainerOverride.builder()
                    .name(CONTAINER)
                    .environment(KeyValuePair.builder().name("DAY").value("2026-01-01").build())
                    .build();

    /** The words that ask for this team's file system at {@code /var/lib/data}. */
    public String volumeWords() {
        return "fs="
                + world.fileSystem()
                + " mount="
                + CONTAINER
                + ":/var/lib/data uid=999 gid=999";
    }

    /** A Fargate task definition with one container, to be completed. */
    public static RegisterTaskDefinitionRequest.Builder definition(String family) {
        return RegisterTaskDefinitionRequest.builder()
                .family(family)
                .networkMode(NetworkMode.AWSVPC)
                .requiresCompatibilities(Compatibility.FARGATE)
                .cpu("256")
                .memory("512")
                .containerDefinitions(container());
    }

    /** Registers a task definition with these tags and nothing of EFS in it. */
    public void register(String family, Map<String, String> tags) {
        user.ecs()
                .registerTaskDefinition(
                        definition(family)
                                .tags(
                                        tags.entrySet().stream()
                                                .map(tag -> tag(tag.getKey(), tag.getValue()))
                                                .toList())
                                .build());
    }

    /** Registers a task definition whose EFS volume is written by hand. */
    public void registerByHand(String family) {
        var mount =
                MountPoint.builder().sourceVolume("data").containerPath("/var/lib/data").build();
        var volume =
                Volume.builder()
                        .name("data")
                        .efsVolumeConfiguration(e ->
                                e.fileSystemId(world.fileSystem())
                                        .transitEncryption(EFSTransitEncryption.ENABLED))
                        .build();
        user.ecs()
                .registerTaskDefinition(
                        definition(family)
                                .volumes(volume)
                                .containerDefinitions(container(mount))
                                .build());
    }

    /** Waits until a family's newest revision is this one. */
    public User.Revision revision(String family, int number) {
        return Await.until(
                "revision " + number + " of " + family,
                SOON,
                () ->
                        Optional.of(user.newestRevision(family))
                                .filter(revision -> revision.definition().revision() == number));
    }

    /** Starts one task of a family's newest revision on Fargate Spot. */
    public Task run(String family, Subnet subnet) {
        return user.ecs().runTask(launch(family, subnet).build()).tasks().getFirst();
    }

    /** What starts one task of a family's newest revision on Fargate Spot, to be completed. */
    public RunTaskRequest.Builder launch(String family, Subnet subnet) {
        return RunTaskRequest.builder()
                .cluster(world.cluster())
                .taskDefinition(family)
                .capacityProviderStrategy(SPOT)
                .platformVersion("1.4.0")
                .networkConfiguration(network(subnet))
                .overrides(o -> o.containerOverrides(DAY))
                .startedBy("nightly")
                .tags(tag("team", "orders"));
    }

    /** Waits until a task has a status. */
    public Task await(Task task, String status) {
        return Await.until(
                id(task) + " to be " + status,
                SOON,
                () -> Optional.of(now(task)).filter(now -> now.lastStatus().equals(status)));
    }

    /** Waits until a family has a running task that is not this one. */
    public Task awaitSuccessor(String family, Task of) {
        return Await.until(
                "a task in the place of " + id(of),
                SOON,
                () ->
                        tasks(family).stream()
                                .filter(task -> !task.taskArn().equals(of.taskArn()))
                                .filter(task -> task.lastStatus().equals("RUNNING"))
                                .findFirst());
    }

    /** A task as it is now. */
    public Task now(Task task) {
        return user.task(world.cluster(), task.taskArn());
    }

    /** All tasks of a family that ECS still shows. */
    public List<Task> tasks(String family) {
        return user.tasks(world.cluster(), family);
    }

    /** The access point of a directory. */
    public Optional<String> accessPoint(String path) {
        return user
                .efs()
                .describeAccessPoints(r -> r.fileSystemId(world.fileSystem()))
                .accessPoints()
                .stream()
                .filter(point -> point.rootDirectory().path().equals(path))
                .map(point -> point.accessPointId())
                .findFirst();
    }

    /** Waits for the access point of a directory. */
    public String awaitAccessPoint(String path) {
        return Await.until("the access point of " + path, SOON, () -> accessPoint(path));
    }

    /** The rules that let the team's tasks in at the mount targets. */
    public List<SecurityGroupRule> nfsRules() {
        return user.ingress(world.nfsGroup()).stream()
                .filter(rule ->
                        rule.referencedGroupInfo() != null
                                && world.taskGroup().equals(rule.referencedGroupInfo().groupId()))
                .toList();
    }

    /** Takes these rules of the mount targets' group away. */
    public void revoke(List<SecurityGroupRule> rules) {
        user.ec2()
                .revokeSecurityGroupIngress(r ->
                        r.groupId(world.nfsGroup())
                                .securityGroupRuleIds(
                                        rules.stream()
                                                .map(SecurityGroupRule::securityGroupRuleId)
                                                .toList()));
    }

    /** Waits until there is a rule that lets the team's tasks in. */
    public List<SecurityGroupRule> awaitNfsRules() {
        return Await.until(
                "a rule for NFS",
                SOON,
                () -> Optional.of(nfsRules()).filter(rules -> !rules.isEmpty()));
    }

    /** The last part of a task's ARN. */
    public static String id(Task task) {
        return task.taskArn().substring(task.taskArn().lastIndexOf('/') + 1);
    }

    /** A tag of ECS. */
    public static Tag tag(String key, String value) {
        return Tag.builder().key(key).value(value).build();
    }

    private static ContainerDefinition container(MountPoint... mounts) {
        return ContainerDefinition.builder()
                .name(CONTAINER)
                .image(IMAGE)
                .essential(true)
                .mountPoints(mounts)
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
}
