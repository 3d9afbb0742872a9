package dev.efsautopilot.diagnosis;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.efsautopilot.aws.AccessPoint;
import dev.efsautopilot.aws.AccessPointRoot;
import dev.efsautopilot.aws.DhcpOptions;
import dev.efsautopilot.aws.FileSystem;
import dev.efsautopilot.aws.FileSystemLoad;
import dev.efsautopilot.aws.MountTarget;
import dev.efsautopilot.aws.NetworkAcl;
import dev.efsautopilot.aws.RouteTable;
import dev.efsautopilot.aws.SecurityRule;
import dev.efsautopilot.aws.SecurityRule.Peer;
import dev.efsautopilot.diagnosis.Fact.Known;
import dev.efsautopilot.json.Json;
import dev.efsautopilot.network.MountTargetSide;
import dev.efsautopilot.network.NfsClient;
import dev.efsautopilot.task.EfsVolume;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;

/** What a healthy task is made of, and what it is made of when it is not. */
final class Parts {

    static final String ON_S3_FILES = "arn:aws:s3files:eu-west-1:1:file-system/fs-1";
    static final String S3_POINT = ON_S3_FILES + "/access-point/fsap-1";

    private Parts() {}

    static JsonNode json(String text) {
        try {
            return Json.MAPPER.readTree(text);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(e);
        }
    }

    static NfsClient client(List<String> groups) {
        return new NfsClient("vpc-1", "subnet-a", "eu-west-1a", List.of("10.0.1.7"), groups, true);
    }

    static Optional<FileSystem> fileSystem(String state, Map<String, String> tags) {
        return Optional.of(
                new FileSystem("fs-1", "arn", state, Optional.empty(), "bursting", tags));
    }

    static List<MountTargetSide> target(String state, String vpc) {
        var target =
                new MountTarget(
                        "fsmt-1",
                        "fs-1",
                        state,
                        "eu-west-1a",
                        vpc,
                        "subnet-mt",
                        "eni-mt",
                        "10.0.9.1",
                        "");
        return List.of(new MountTargetSide(target, List.of("sg-mt")));
    }

    static Optional<AccessPoint> accessPoint(String fileSystem, String state) {
        var root = new AccessPointRoot(fileSystem, "/web", 1000, 1000, List.of(), "0750");
        return Optional.of(
                new AccessPoint(
                        "fsap-1",
                        "arn",
                        state,
                        root,
                        true,
                        Optional.of(new AccessPoint.Owner(1000, 1000, "0750")),
                        Map.of()));
    }

    /** A healthy task whose volume is on S3 Files. */
    static HealthyTask taskOnS3Files() {
        var task = new HealthyTask();
        task.volumes = List.of(onS3Files("/"));
        task.fileSystem =
                new Known<>(
                        Optional.of(
                                new FileSystem(
                                        ON_S3_FILES,
                                        ON_S3_FILES,
                                        "available",
                                        Optional.empty(),
                                        "",
                                        Map.of())));
        task.accessPoint = new Known<>(s3AccessPoint(new AccessPoint.Owner(1000, 1000, "0750")));
        return task;
    }

    static EfsVolume onS3Files(String root) {
        return new EfsVolume("data", ON_S3_FILES, Optional.of(S3_POINT), root, true, true);
    }

    static Optional<AccessPoint> s3AccessPoint(AccessPoint.Owner owner) {
        var root = new AccessPointRoot(ON_S3_FILES, "/web", 1000, 1000, List.of(), owner.mode());
        return Optional.of(
                new AccessPoint(
                        S3_POINT, S3_POINT, "available", root, true, Optional.of(owner), Map.of()));
    }

    static Optional<AccessPoint> accessPoint(boolean enforces, AccessPoint.Owner owner) {
        return accessPoint("fs-1", "available")
                .map(it ->
                        new AccessPoint(
                                it.id(),
                                it.arn(),
                                it.state(),
                                it.root(),
                                enforces,
                                Optional.of(owner),
                                it.tags()));
    }

    static NfsClient at(String address) {
        return new NfsClient(
                "vpc-1", "subnet-a", "eu-west-1a", List.of(address), List.of("sg-task"), true);
    }

    static MountTargetSide side(String ipv4, String ipv6) {
        return new MountTargetSide(
                new MountTarget(
                        "fsmt-1",
                        "fs-1",
                        "available",
                        "eu-west-1a",
                        "vpc-1",
                        "subnet-mt",
                        "eni-mt",
                        ipv4,
                        ipv6),
                List.of("sg-mt"));
    }

    static String stoppedFor(String reason) {
        return """
        {"taskArn": "t", "launchType": "FARGATE", "platformVersion": "1.4.0",
         "lastStatus": "STOPPED", "stopCode": "TaskFailedToStart", "stoppedReason":
         "ResourceInitializationError: failed to invoke EFS utils commands to set up EFS volumes: %s"}
        """
                .formatted(reason);
    }

    static FileSystemLoad load(double credits, double limit) {
        return new FileSystemLoad(OptionalDouble.of(credits), OptionalDouble.of(limit));
    }

    static Optional<DhcpOptions> resolver(String... servers) {
        return Optional.of(new DhcpOptions("dopt-1", List.of(servers), "10.0.0.0/16"));
    }

    static EfsVolume volume(String root, boolean tls) {
        return new EfsVolume("data", "fs-1", Optional.of("fsap-1"), root, tls, true);
    }

    static SecurityRule rule(String group, boolean egress, String peer) {
        return new SecurityRule(
                "sgr-" + group, group, egress, "tcp", 2049, 2049, new Peer.Group(peer), Map.of());
    }

    static RouteTable table(RouteTable.Route... routes) {
        return new RouteTable("rtb-1", Set.of(), true, List.of(routes));
    }

    static NetworkAcl acl(NetworkAcl.Entry... entries) {
        return new NetworkAcl("acl-1", Set.of("subnet-a", "subnet-mt"), List.of(entries));
    }

    static NetworkAcl.Entry entry(int number, boolean egress, int from, int to, boolean allow) {
        return new NetworkAcl.Entry(number, egress, "6", from, to, "0.0.0.0/0", allow);
    }
}
