package dev.efsautopilot.local.tasks;

import dev.efsautopilot.local.tasks.MountFacts.EfsVolume;
import dev.efsautopilot.local.tasks.MountFacts.Firewall;
import dev.efsautopilot.local.tasks.MountFacts.Host;
import dev.efsautopilot.local.tasks.MountFacts.MountTarget;
import dev.efsautopilot.local.tasks.MountOutcome.Mounted;
import dev.efsautopilot.local.tasks.MountOutcome.Refused;
import dev.efsautopilot.local.tasks.MountOutcome.Unanswered;
import java.util.stream.Stream;

/**
 * Decides whether a mount would succeed, in the order in which amazon-efs-utils meets the obstacles
 * and in the words in which it writes them: {@code mount_efs/dns_resolver.py} for a name that does
 * not resolve, with exit code 1 ({@code fatal_error}), and {@code efs_utils_common/mount_utils.py}
 * for what {@code mount.nfs4} says, with its exit code. Fargate writes the lines as one.
 */
final class MountSimulation {
    private static final int EXIT_OF_EFS_UTILS = 1;
    private static final int EXIT_OF_MOUNT = 32;

    private MountSimulation() {}

    static MountOutcome outcome(MountFacts facts) {
        var target = facts.target().filter(found -> found.state().equals("available"));
        if (target.isEmpty()
                || facts.fileSystemState().filter(state -> !state.equals("deleted")).isEmpty()) {
            return new Refused(unresolved(facts), EXIT_OF_EFS_UTILS);
        }
        if (!reachable(facts.host(), target.get())) {
            return new Unanswered(TIMED_OUT, EXIT_OF_MOUNT);
        }
        return facts.volume().accessPointId().isPresent()
                ? throughAccessPoint(facts)
                : directory(facts, facts.rootExists());
    }

    private static MountOutcome throughAccessPoint(MountFacts facts) {
        var usable =
                facts.accessPoint()
                        .filter(it -> it.fileSystemId().equals(facts.volume().fileSystemId()))
                        .filter(it -> it.state().equals("available"));
        if (usable.isEmpty()) {
            return new Refused(DENIED, EXIT_OF_MOUNT);
        }
        return directory(facts, facts.rootExists() || usable.get().createsRoot());
    }

    private static MountOutcome directory(MountFacts facts, boolean exists) {
        return exists ? new Mounted() : new Refused(missing(facts.volume(), facts), EXIT_OF_MOUNT);
    }

    /** A security group lets back whatever it let out, so two rules are enough. */
    private static boolean reachable(Host host, MountTarget target) {
        return rules(host.groups().stream(), false)
                        .anyMatch(out -> out.letsNfsThrough(target.address(), target.groups()))
                && rules(target.groups().stream(), true)
                        .anyMatch(in -> in.letsNfsThrough(host.address(), host.groups()));
    }

    private static Stream<MountFacts.Rule> rules(Stream<Firewall> groups, boolean ingress) {
        return groups.flatMap(group -> (ingress ? group.ingress() : group.egress()).stream());
    }

    private static String unresolved(MountFacts facts) {
        return """
        Failed to resolve "%s" - check that your file system ID is correct, and ensure that the VPC \
        has an EFS mount target for this file system ID. See \
        https://docs.aws.amazon.com/console/efs/mount-dns-name for more detail. Attempting to lookup \
        mount target ip address using botocore. Failed to import necessary dependency botocore, \
        please install botocore first.\
        """
                .formatted(dnsName(facts));
    }

    private static String missing(EfsVolume volume, MountFacts facts) {
        return "b'mount.nfs4: mounting %s:%s failed, reason given by server: No such file or directory'"
                .formatted(
                        volume.tls() ? "127.0.0.1" : dnsName(facts),
                        volume.accessPointId().isPresent() ? "/" : volume.rootDirectory());
    }

    private static String dnsName(MountFacts facts) {
        return "%s.efs.%s.amazonaws.com".formatted(facts.volume().fileSystemId(), facts.region());
    }

    /** Two attempts of 15 s, then one as long as {@code mount.nfs4} likes. */
    private static final String TIMED_OUT =
            "Mount attempt 1/3 failed due to timeout after 15 sec, wait 0 sec before next attempt."
                    + " Mount attempt 2/3 failed due to timeout after 15 sec, wait 0 sec before next"
                    + " attempt. b'mount.nfs4: Connection timed out'";

    /** Tried again, as with access points only: they may be too new. */
    private static final String DENIED =
            """
            Mount attempt 1/3 failed due to \
            b'mount.nfs4: access denied by server while mounting 127.0.0.1:/\\n', \
            wait 1 sec before next attempt. Mount attempt 2/3 failed due to \
            b'mount.nfs4: access denied by server while mounting 127.0.0.1:/\\n', \
            wait 2 sec before next attempt. \
            b'mount.nfs4: access denied by server while mounting 127.0.0.1:/'\
            """;
}
