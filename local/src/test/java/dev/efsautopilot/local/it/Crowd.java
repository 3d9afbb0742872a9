package dev.efsautopilot.local.it;

import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import software.amazon.awssdk.services.ec2.model.IpPermission;
import software.amazon.awssdk.services.ec2.model.IpRange;

/** Rules and access points that have nothing to do with the task that a test looks at. */
final class Crowd {

    /** A security group takes 60 rules, and a mount target five security groups. */
    private static final int OF_A_GROUP = 50;

    private Crowd() {}

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
        groups.forEach(group -> fill(ground, group, OF_A_GROUP));
        user.efs()
                .modifyMountTargetSecurityGroups(
                        r -> r.mountTargetId(ground.mountTarget()).securityGroups(groups));
        IntStream.range(0, many)
                .forEach(i ->
                        user.efs()
                                .createAccessPoint(r ->
                                        r.clientToken(world.fileSystem() + "-" + i)
                                                .fileSystemId(world.fileSystem())));
    }

    /** So many rules of one group. */
    static void fill(Ground ground, String group, int many) {
        var ssh =
                IpPermission.builder()
                        .ipProtocol("tcp")
                        .fromPort(22)
                        .toPort(22)
                        .ipRanges(ranges(many));
        ground.team()
                .user()
                .ec2()
                .authorizeSecurityGroupIngress(r -> r.groupId(group).ipPermissions(ssh.build()));
    }

    private static List<IpRange> ranges(int many) {
        return IntStream.range(0, many)
                .mapToObj(i -> IpRange.builder().cidrIp("10.99.%d.0/24".formatted(i)).build())
                .toList();
    }
}
