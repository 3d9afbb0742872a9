package dev.efsautopilot.network;

import dev.efsautopilot.aws.MountTarget;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * All that decides what has to be opened, read before.
 *
 * @param clients the task, or the places where it may be started
 * @param fileSystems what it mounts
 * @param doors every rule of the groups of both sides
 * @param peers the VPCs of clients that are peered with that of a mount target
 * @param family the task definition's family, which rules name as what they are for
 */
public record NfsFacts(
        List<NfsClient> clients,
        List<FileSystemSide> fileSystems,
        Doors doors,
        Set<Peers> peers,
        String family) {

    /**
     * Two VPCs across which security groups may be referenced.
     *
     * @param clientVpcId the client's
     * @param targetVpcId the mount target's
     */
    public record Peers(String clientVpcId, String targetVpcId) {}

    /** The mount targets that were read. */
    Stream<MountTargetSide> targets() {
        return fileSystems.stream().flatMap(side -> side.mountTargets().stream());
    }

    /** Whether a group of the mount target may name one of the client's. */
    boolean sameNetwork(NfsClient client, MountTargetSide target) {
        var pair = new Peers(client.vpcId(), target.target().vpcId());
        return pair.clientVpcId().equals(pair.targetVpcId()) || peers.contains(pair);
    }

    /** A mount target that a client needs and that is not ready yet. */
    public Optional<MountTarget> creating() {
        return clients.stream()
                .flatMap(client -> fileSystems.stream().flatMap(side -> side.near(client).stream()))
                .map(MountTargetSide::target)
                .filter(target -> target.state().equals("creating"))
                .findFirst();
    }

    /** The same for another client of the same place. */
    public NfsFacts seenBy(NfsClient client, String itsFamily) {
        return new NfsFacts(List.of(client), fileSystems, doors, peers, itsFamily);
    }

    /** The facts once a plan is carried out. */
    NfsFacts after(NfsPlan plan) {
        return new NfsFacts(clients, fileSystems, doors.with(plan), peers, family);
    }
}
