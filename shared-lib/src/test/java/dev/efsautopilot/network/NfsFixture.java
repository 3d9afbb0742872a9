package dev.efsautopilot.network;

import dev.efsautopilot.aws.FileSystem;
import dev.efsautopilot.aws.MountTarget;
import dev.efsautopilot.aws.SecurityRule;
import dev.efsautopilot.aws.SecurityRule.Peer;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.NullMarked;

/**
 * A task with two groups in zone a, and a file system with a mount target with two groups there.
 */
@NullMarked
final class NfsFixture {

    static final NfsClient TASK =
            new NfsClient(
                    "vpc-1",
                    "subnet-a",
                    "eu-west-1a",
                    List.of("10.0.1.7", "2001:db8::7"),
                    List.of("sg-task2", "sg-task1"),
                    true);
    static final MountTargetSide TARGET =
            side(target("eu-west-1a", "vpc-1", "10.0.1.100", "2001:db8::100"));
    static final SecurityRule ALL_OUT =
            rule("sg-task1", true, "-1", -1, -1, new Peer.Block("0.0.0.0/0"));

    private NfsFixture() {}

    static MountTarget target(String zone, String vpc, String address, String ipv6) {
        return new MountTarget(
                "fsmt-" + zone,
                "fs-1",
                "available",
                zone,
                vpc,
                "subnet-mt",
                "eni-" + zone,
                address,
                ipv6);
    }

    static MountTargetSide side(MountTarget target) {
        return new MountTargetSide(target, List.of("sg-mt2", "sg-mt1"));
    }

    static FileSystem fileSystem(Map<String, String> tags) {
        return new FileSystem("fs-1", "arn:fs-1", "available", Optional.empty(), "bursting", tags);
    }

    static FileSystemSide allowed(MountTargetSide... targets) {
        return new FileSystemSide(
                "fs-1", Optional.of(fileSystem(Map.of(FileSystem.ALLOW, "/"))), List.of(targets));
    }

    static SecurityRule ingress(String protocol, int from, int to, Peer peer) {
        return rule("sg-mt1", false, protocol, from, to, peer);
    }

    static SecurityRule rule(
            String group, boolean egress, String protocol, int from, int to, Peer peer) {
        var id = "sgr-" + group + egress + protocol + from + to + peer.hashCode();
        return new SecurityRule(id, group, egress, protocol, from, to, peer, Map.of());
    }

    static NfsFacts facts(NfsClient client, FileSystemSide side, SecurityRule... rules) {
        return new NfsFacts(
                List.of(client), List.of(side), new Doors(List.of(rules)), Set.of(), "web");
    }
}
