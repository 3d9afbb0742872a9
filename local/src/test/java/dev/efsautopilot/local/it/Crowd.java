package dev.efsautopilot.local.it;

import java.util.stream.IntStream;
import software.amazon.awssdk.services.ec2.model.IpPermission;
import software.amazon.awssdk.services.ec2.model.IpRange;

/** Rules and access points that have nothing to do with the task that a test looks at. */
final class Crowd {

    private Crowd() {}

    /** So many of each, beside those of this ground. */
    static void around(Ground ground, int many) {
        ground.open(
                IpPermission.builder()
                        .ipProtocol("tcp")
                        .fromPort(22)
                        .toPort(22)
                        .ipRanges(
                                IntStream.range(0, many)
                                        .mapToObj(i ->
                                                IpRange.builder()
                                                        .cidrIp("10.99.%d.0/24".formatted(i))
                                                        .build())
                                        .toList())
                        .build());
        IntStream.range(0, many)
                .forEach(i ->
                        ground.team()
                                .user()
                                .efs()
                                .createAccessPoint(r ->
                                        r.clientToken(ground.world().fileSystem() + "-" + i)
                                                .fileSystemId(ground.world().fileSystem())));
    }
}
