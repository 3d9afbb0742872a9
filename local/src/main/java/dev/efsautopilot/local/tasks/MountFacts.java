package dev.efsautopilot.local.tasks;

import java.util.List;
import java.util.Optional;

/**
 * All that decides whether one volume of a task can be mounted, as it is at one moment.
 *
 * @param fileSystemState its LifeCycleState, empty where there is no such file system
 * @param target the mount target in the task's zone, empty where there is none
 * @param accessPoint the access point that the volume names, empty where there is no such one
 * @param rootExists whether the directory that is mounted is on the file system
 */
record MountFacts(
        String region,
        EfsVolume volume,
        Optional<String> fileSystemState,
        Optional<MountTarget> target,
        Optional<AccessPoint> accessPoint,
        boolean rootExists,
        Host host) {

    /** What a task definition says of a volume. */
    record EfsVolume(
            String name,
            String fileSystemId,
            String rootDirectory,
            Optional<String> accessPointId,
            boolean tls) {}

    /** A mount target, with the security groups before it. */
    record MountTarget(String state, String address, List<Firewall> groups) {}

    /** An access point; {@code createsRoot} where it has CreationInfo. */
    record AccessPoint(String fileSystemId, String state, String path, boolean createsRoot) {}

    /** Who mounts: the task's network interface, or its container instance. */
    record Host(String address, List<Firewall> groups) {}

    /** The rules of a security group. */
    record Firewall(String groupId, List<Rule> ingress, List<Rule> egress) {}

    /** One rule: its peer is a group or ranges, the other of them empty. */
    record Rule(String protocol, int fromPort, int toPort, String group, List<String> cidrs) {

        /** True where TCP 2049 may pass between this rule's owner and the peer. */
        boolean letsNfsThrough(String address, List<Firewall> groups) {
            var all = protocol.equals("-1");
            var tcp = protocol.equals("tcp") || protocol.equals("6");
            var port = (fromPort <= 2049 && 2049 <= toPort) || fromPort == -1;
            return (all || (tcp && port)) && isFor(address, groups);
        }

        private boolean isFor(String address, List<Firewall> groups) {
            return cidrs.isEmpty()
                    ? groups.stream().anyMatch(peer -> peer.groupId().equals(group))
                    : cidrs.stream().anyMatch(cidr -> Cidr.parse(cidr).contains(address));
        }
    }
}
