package dev.efsautopilot.local.it;

import dev.efsautopilot.local.user.Team;
import dev.efsautopilot.local.user.World;
import java.util.List;
import software.amazon.awssdk.services.ec2.model.Filter;
import software.amazon.awssdk.services.ec2.model.IpPermission;
import software.amazon.awssdk.services.ec2.model.SecurityGroupRule;
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
