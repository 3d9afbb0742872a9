package dev.efsautopilot.nfsingress;

import dev.efsautopilot.network.NfsClient;
import dev.efsautopilot.network.NfsFacts;
import dev.efsautopilot.network.NfsPlan;
import dev.efsautopilot.network.NfsReader;
import dev.efsautopilot.network.OpenNfs;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;

/**
 * What decides the way of a task. Many tasks start at once with the same groups in the same zone:
 * what was read and found open serves them for seconds. It is held against each task's own
 * addresses, and where anything is to be done it is read anew, so nothing is ever written on a
 * memory.
 */
final class Sight {

    private record Place(String vpcId, String zone, Set<String> groups, Set<String> fileSystems) {}

    private final NfsReader reader;
    private final OpenNfs nfs;
    private final Memory<Place, NfsFacts> open = new Memory<>(100, Duration.ofSeconds(3));

    Sight(NfsReader reader, OpenNfs nfs) {
        this.reader = reader;
        this.nfs = nfs;
    }

    /** What decides the way of this client to what its task definition mounts. */
    NfsFacts of(NfsClient client, Definition definition, Instant now) {
        var place =
                new Place(
                        client.vpcId(),
                        client.availabilityZone(),
                        Set.copyOf(client.securityGroups()),
                        Set.copyOf(definition.fileSystemIds()));
        return open.of(place, now)
                .map(seen -> seen.seenBy(client, definition.family()))
                .filter(this::isOpen)
                .orElseGet(() -> read(place, client, definition, now));
    }

    private NfsFacts read(Place place, NfsClient client, Definition definition, Instant now) {
        var facts = reader.facts(List.of(client), definition.fileSystemIds(), definition.family());
        if (isOpen(facts)) {
            open.keep(place, facts, now);
        }
        return facts;
    }

    private boolean isOpen(NfsFacts facts) {
        return nfs.plan(facts).equals(NfsPlan.NOTHING) && facts.creating().isEmpty();
    }
}
