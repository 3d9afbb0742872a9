package dev.efsautopilot.diagnosis;

import dev.efsautopilot.network.Cidr;
import dev.efsautopilot.network.MountTargetSide;
import dev.efsautopilot.network.NfsClient;
import java.util.List;
import java.util.Optional;

/**
 * Both ends of the way that NFS takes.
 *
 * @param client the task's end
 * @param target the mount target's end
 */
record Way(NfsClient client, MountTargetSide target) {

    /** The way of a volume; empty where an end is not known or not there. */
    static Optional<Way> of(TaskFacts task, VolumeFacts volume) {
        return task.client() instanceof Fact.Known<NfsClient>(var client)
                        && volume.target(task.client())
                                instanceof Fact.Known<Optional<MountTargetSide>>(var found)
                ? found.map(target -> new Way(client, target))
                : Optional.empty();
    }

    /** Within a subnet neither network ACLs nor routes apply. */
    boolean withinSubnet() {
        return client.subnetId().equals(targetSubnet());
    }

    String targetSubnet() {
        return target.target().subnetId();
    }

    /** The addresses of both ends that can speak to each other: the first family that both have. */
    Optional<Ends> ends() {
        return cidrs(target.addresses()).stream()
                .flatMap(server ->
                        cidrs(client.addresses()).stream()
                                .filter(task -> task.bits() == server.bits())
                                .map(task -> new Ends(task, server)))
                .findFirst();
    }

    /**
     * Addresses of one family.
     *
     * @param task the task's address, or the block of its subnet
     * @param server the mount target's address
     */
    record Ends(Cidr task, Cidr server) {}

    private static List<Cidr> cidrs(List<String> addresses) {
        return addresses.stream().flatMap(one -> Cidr.parse(one).stream()).toList();
    }
}
