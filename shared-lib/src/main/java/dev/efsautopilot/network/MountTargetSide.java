package dev.efsautopilot.network;

import dev.efsautopilot.aws.MountTarget;
import java.util.List;
import java.util.stream.Stream;

/**
 * The side that is mounted.
 *
 * @param target the mount target
 * @param securityGroups the ids of its security groups, at most five
 */
public record MountTargetSide(MountTarget target, List<String> securityGroups) {

    /** Its addresses, IPv4 and IPv6. */
    public List<String> addresses() {
        return Stream.of(target.ipAddress(), target.ipv6Address())
                .filter(address -> !address.isBlank())
                .toList();
    }
}
