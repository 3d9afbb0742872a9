package dev.efsautopilot.local.it;

import dev.efsautopilot.local.user.Team;
import dev.efsautopilot.local.user.World;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.services.ec2.model.Filter;
import software.amazon.awssdk.services.ec2.model.IpPermission;
import software.amazon.awssdk.services.ec2.model.ReferencedSecurityGroup;
import software.amazon.awssdk.services.ec2.model.SecurityGroupRule;
import software.amazon.awssdk.services.ecs.model.LaunchType;
import software.amazon.awssdk.services.ecs.model.NetworkConfiguration;
import software.amazon.awssdk.services.ecs.model.Task;
import software.amazon.awssdk.services.efs.model.Tag;

/**
 * A file system, its one mount target and the security groups of one test's own, so that tests in
 * one cluster do not open each other's ways.
 *
 * @param team the team, on this ground
 * @param mountTarget the mount target, in the zone of {@code team.world().home()}
 */
record Ground(Team team, String mountTarget) {

    /** The tag by which a file system's owner opts in. */
    static final Tag ALLOW = Tag.builder().key("efs-autopilot/allow").value("/").build();

    /** New ground whose owner opted in. */
    static Ground of(Team base, String name) {
        return make(base, name, List.of(ALLOW));
    }

    /** New ground whose owner did not. */
    static Ground notAllowed(Team base, String name) {
        return make(base, name, List.of());
    }

    private static Ground make(Team base, String name, List<Tag> tags) {
        var user = base.user();
        var home = base.world().home();
        var prefix = base.world().cluster() + "-" + name;
        var nfsGroup = user.securityGroup(prefix + "-nfs", home.vpcId());
        var fileSystem =
                user.efs().createFileSystem(r -> r.creationToken(prefix).tags(tags)).fileSystemId();
        var target =
                user.efs()
                        .createMountTarget(r ->
                                r.fileSystemId(fileSystem)
                                        .subnetId(home.subnetId())
                                        .securityGroups(nfsGroup))
                        .mountTargetId();
        var world =
                new World(
                        base.world().cluster(),
                        home,
                        base.world().remote(),
                        user.securityGroup(prefix + "-tasks", home.vpcId()),
                        fileSystem,
                        nfsGroup);
        return new Ground(new Team(user, world), target);
    }

    World world() {
        return team.world();
    }

    /** A task of the family in the zone that has the mount target, when it runs. */
    Task running(String family) {
        return team.await(team.run(family, world().home()), "RUNNING");
    }

    /** Ten tasks at once, which start. */
    List<Task> ten(String family) {
        return team.user()
                .ecs()
                .runTask(r ->
                        r.cluster(world().cluster())
                                .taskDefinition(family)
                                .count(10)
                                .launchType(LaunchType.FARGATE)
                                .networkConfiguration(network(world().taskGroup())))
                .tasks();
    }

    /** A service without tasks, named as its family. */
    void service(String family) {
        service(family, network(world().taskGroup()));
    }

    void service(String family, NetworkConfiguration network) {
        team.user()
                .ecs()
                .createService(r ->
                        r.cluster(world().cluster())
                                .serviceName(family)
                                .taskDefinition(family)
                                .desiredCount(0)
                                .launchType(LaunchType.FARGATE)
                                .networkConfiguration(network));
    }

    /** In the zone that has the mount target, with this group. */
    NetworkConfiguration network(String group) {
        return network(world().home().subnetId(), group);
    }

    static NetworkConfiguration network(String subnet, String group) {
        return NetworkConfiguration.builder()
                .awsvpcConfiguration(a -> a.subnets(subnet).securityGroups(group))
                .build();
    }

    /** The security groups that a group lets in. */
    List<String> sources(String group) {
        return team.user().ingress(group).stream()
                .flatMap(rule -> Optional.ofNullable(rule.referencedGroupInfo()).stream())
                .map(ReferencedSecurityGroup::groupId)
                .toList();
    }

    /** Replaces the groups of the mount target. */
    void replaceGroups(String... groups) {
        team.user()
                .efs()
                .modifyMountTargetSecurityGroups(
                        r -> r.mountTargetId(mountTarget).securityGroups(groups));
    }

    /** Lets somebody in at the mount target. */
    void open(IpPermission permission) {
        team.user()
                .ec2()
                .authorizeSecurityGroupIngress(
                        r -> r.groupId(world().nfsGroup()).ipPermissions(permission));
    }

    /** Lets the tasks out to somebody. */
    void openEgress(IpPermission permission) {
        team.user()
                .ec2()
                .authorizeSecurityGroupEgress(
                        r -> r.groupId(world().taskGroup()).ipPermissions(permission));
    }

    /** The ingress rules of the mount target's group. */
    List<SecurityGroupRule> ingress() {
        return team.user().ingress(world().nfsGroup());
    }

    /** The egress rules of the tasks' group. */
    List<SecurityGroupRule> egress() {
        var filter = Filter.builder().name("group-id").values(world().taskGroup()).build();
        return team
                .user()
                .ec2()
                .describeSecurityGroupRules(r -> r.filters(filter))
                .securityGroupRules()
                .stream()
                .filter(SecurityGroupRule::isEgress)
                .toList();
    }

    /** Takes every egress rule of the tasks' group away. */
    void closeEgress() {
        var ids = egress().stream().map(SecurityGroupRule::securityGroupRuleId).toList();
        team.user()
                .ec2()
                .revokeSecurityGroupEgress(
                        r -> r.groupId(world().taskGroup()).securityGroupRuleIds(ids));
    }
}
