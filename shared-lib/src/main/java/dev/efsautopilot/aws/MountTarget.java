package dev.efsautopilot.aws;

/**
 * A mount target: a file system's network interface in one zone.
 *
 * @param id {@code fsmt-…}
 * @param fileSystemId its file system
 * @param state {@code LifeCycleState}: creating, available, updating, deleting, deleted, error
 * @param availabilityZone its zone by name, e.g. {@code eu-west-1a}
 * @param vpcId its VPC
 * @param subnetId its subnet
 * @param networkInterfaceId its network interface; "" before it has one
 * @param ipAddress its IPv4 address; "" where it has none
 * @param ipv6Address its IPv6 address; "" where it has none
 */
public record MountTarget(
        String id,
        String fileSystemId,
        String state,
        String availabilityZone,
        String vpcId,
        String subnetId,
        String networkInterfaceId,
        String ipAddress,
        String ipv6Address) {
    /** The same with the place of its network interface. */
    public MountTarget at(NetworkInterface place) {
        return new MountTarget(
                id,
                fileSystemId,
                state,
                place.availabilityZone(),
                place.vpcId(),
                place.subnetId(),
                networkInterfaceId,
                ipAddress,
                ipv6Address);
    }
}
