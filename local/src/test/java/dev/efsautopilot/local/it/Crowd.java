package dev.efsautopilot.local.it;

import dev.efsautopilot.local.user.Team;
import dev.efsautopilot.local.user.User;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import software.amazon.awssdk.services.ec2.model.IpPermission;
import software.amazon.awssdk.services.ec2.model.IpRange;

/** What has nothing to do with the task that a test looks at. */
final class Crowd {

    /** A security group takes 60 rules, and a mount target five security groups. */
    private static final int OF_A_GROUP = 50;

    private static final String NAME = "crowd";

    private Crowd() {}

    /**
     * So many revisions, in families of a hundred, and access points, and a tenth as many services
     * and rules: with these there, the tests that count calls must count the same.
     */
    static void settle(User user, int many) {
        if (many == 0) {
            return;
        }
        user.ecs().createCluster(r -> r.clusterName(NAME));
        for (var i = 0; i < many; i++) {
            var family = NAME + "-" + i / 100;
            user.ecs().registerTaskDefinition(Team.definition(family).build());
            if (i % 10 == 0) {
                var service = NAME + "-" + i;
                user.ecs()
                        .createService(r ->
                                r.cluster(NAME)
                                        .serviceName(service)
                                        .taskDefinition(family)
                                        .desiredCount(0));
            }
        }
        var vpc = user.subnets().getFirst().vpcId();
        for (var i = 0; i < many / 10 / OF_A_GROUP; i++) {
            fill(user, user.securityGroup(NAME + "-" + i, vpc), OF_A_GROUP);
        }
        accessPoints(
                user, user.efs().createFileSystem(r -> r.creationToken(NAME)).fileSystemId(), many);
    }

    /** So many of each, beside those of this ground; 250 rules at most. */
    static void around(Ground ground, int many) {
        var user = ground.team().user();
        var world = ground.world();
        var groups =
                Stream.concat(
                                Stream.of(world.nfsGroup()),
                                IntStream.range(1, many / OF_A_GROUP)
                                        .mapToObj(i ->
                                                user.securityGroup(
                                                        world.fileSystem() + "-crowd-" + i,
                                                        world.home().vpcId())))
                        .toList();
        groups.forEach(group -> fill(user, group, OF_A_GROUP));
        user.efs()
                .modifyMountTargetSecurityGroups(
                        r -> r.mountTargetId(ground.mountTarget()).securityGroups(groups));
        accessPoints(user, world.fileSystem(), many);
    }

    private static void accessPoints(User user, String fileSystem, int many) {
        IntStream.range(0, many)
                .forEach(i ->
                        user.efs()
                                .createAccessPoint(r ->
                                        r.clientToken(fileSystem + "-" + i)
                                                .fileSystemId(fileSystem)));
    }

    /** So many rules of one group. */
    static void fill(User user, String group, int many) {
        var ssh =
                IpPermission.builder()
                        .ipProtocol("tcp")
                        .fromPort(22)
                        .toPort(22)
                        .ipRanges(ranges(many));
        user.ec2().authorizeSecurityGroupIngress(r -> r.groupId(group).ipPermissions(ssh.build()));
    }

    private static List<IpRange> ranges(int many) {
        return IntStream.range(0, many)
                .mapToObj(i -> IpRange.builder().cidrIp("10.99.%d.0/24".formatted(i)).build())
                .toList();
    }
}
