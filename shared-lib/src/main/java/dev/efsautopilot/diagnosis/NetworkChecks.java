package dev.efsautopilot.diagnosis;

import dev.efsautopilot.aws.NetworkAcl;
import dev.efsautopilot.aws.RouteTable;
import dev.efsautopilot.aws.SecurityRule;
import dev.efsautopilot.diagnosis.TaskFacts.Dns;
import dev.efsautopilot.network.Doors;
import dev.efsautopilot.network.MountTargetSide;
import dev.efsautopilot.network.NfsClient;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** The way from the task to the mount target. */
final class NetworkChecks {

    private static final String GROUPS_GONE =
            "the security groups of a stopped task are no longer known";

    private NetworkChecks() {}

    /** Both ends of the way. */
    private record Way(NfsClient client, MountTargetSide target) {}

    static List<Finding> of(TaskFacts task, VolumeFacts volume) {
        var findings = new ArrayList<Finding>();
        findings.add(said(Check.VPC_DNS, task.dns(), NetworkChecks::dns));
        findings.add(
                said(
                        Check.MOUNT_TARGET,
                        task.client()
                                .then(client ->
                                        volume.target()
                                                .then(found ->
                                                        known(mountTarget(client, volume, found)))),
                        Function.identity()));
        way(task, volume)
                .ifPresent(way -> {
                    findings.add(
                            said(Check.SECURITY_GROUPS_IN, task.doors(), doors -> in(way, doors)));
                    findings.add(
                            said(
                                    Check.SECURITY_GROUPS_OUT,
                                    task.doors(),
                                    doors -> out(way, doors)));
                    findings.add(said(Check.NETWORK_ACLS, volume.acls(), acls -> acls(way, acls)));
                    findings.add(said(Check.ROUTES, task.routes(), routes -> routes(way, routes)));
                });
        return findings;
    }

    private static <T> Finding said(Check check, Fact<T> fact, Function<T, Finding> verdict) {
        return switch (fact) {
            case Fact.Known<T>(var value) -> verdict.apply(value);
            case Fact.Unknown<T>(var why) -> Finding.unknown(check, why);
        };
    }

    private static <T> Fact<T> known(T value) {
        return new Fact.Known<>(value);
    }

    private static Optional<Way> way(TaskFacts task, VolumeFacts volume) {
        return task.client() instanceof Fact.Known<NfsClient>(var client)
                        && volume.target()
                                instanceof Fact.Known<Optional<MountTargetSide>>(var found)
                ? found.map(target -> new Way(client, target))
                : Optional.empty();
    }

    private static Finding dns(Dns dns) {
        if (dns.support() && dns.hostnames()) {
            return Finding.ok(Check.VPC_DNS, dns.vpcId() + " resolves names");
        }
        var attribute = dns.support() ? "enable-dns-hostnames" : "enable-dns-support";
        return Finding.broken(
                Check.VPC_DNS,
                dns.vpcId() + " has " + attribute + " off, so no name of a mount target resolves",
                "aws ec2 modify-vpc-attribute --vpc-id " + dns.vpcId() + " --" + attribute);
    }

    private static Finding mountTarget(
            NfsClient client, VolumeFacts volume, Optional<MountTargetSide> found) {
        var id = volume.volume().fileSystemId();
        var zone = client.availabilityZone();
        if (found.isEmpty()) {
            return Finding.broken(
                    Check.MOUNT_TARGET,
                    id + " has no mount target in " + zone + ", where the task is",
                    "aws efs create-mount-target --file-system-id "
                            + id
                            + " --subnet-id "
                            + client.subnetId()
                            + " --security-groups <those of its other mount targets>; automatic with"
                            + " the stack's parameter CreateMountTargets");
        }
        var target = found.get().target();
        if (!target.vpcId().equals(client.vpcId())) {
            return Finding.broken(
                    Check.MOUNT_TARGET,
                    target.id() + " is in " + target.vpcId() + ", the task in " + client.vpcId(),
                    "run the task in a subnet of " + target.vpcId());
        }
        return target.state().equals("available")
                ? Finding.ok(Check.MOUNT_TARGET, target.id() + " in " + zone + " is available")
                : Finding.broken(
                        Check.MOUNT_TARGET,
                        target.id() + " in " + zone + " is " + target.state(),
                        "wait until it is available, then run the task again");
    }

    private static Finding in(Way way, Doors doors) {
        if (way.client().securityGroups().isEmpty()) {
            return Finding.unknown(Check.SECURITY_GROUPS_IN, GROUPS_GONE);
        }
        return doors.in(way.client(), way.target())
                .map(rule -> open(Check.SECURITY_GROUPS_IN, rule))
                .orElseGet(() ->
                        Finding.broken(
                                Check.SECURITY_GROUPS_IN,
                                "no rule of "
                                        + String.join(" ", way.target().securityGroups())
                                        + " lets TCP 2049 in from "
                                        + String.join(" ", way.client().securityGroups()),
                                command(
                                        "ingress",
                                        first(way.target().securityGroups()),
                                        "--source-group",
                                        first(way.client().securityGroups()))));
    }

    private static Finding out(Way way, Doors doors) {
        if (way.client().securityGroups().isEmpty()) {
            return Finding.unknown(Check.SECURITY_GROUPS_OUT, GROUPS_GONE);
        }
        return doors.out(way.client(), way.target())
                .map(rule -> open(Check.SECURITY_GROUPS_OUT, rule))
                .orElseGet(() ->
                        Finding.broken(
                                Check.SECURITY_GROUPS_OUT,
                                "no rule of "
                                        + String.join(" ", way.client().securityGroups())
                                        + " lets TCP 2049 out to "
                                        + String.join(" ", way.target().securityGroups()),
                                command(
                                        "egress",
                                        first(way.client().securityGroups()),
                                        "--source-group",
                                        first(way.target().securityGroups()))));
    }

    private static Finding open(Check check, SecurityRule rule) {
        return Finding.ok(check, rule.id() + " of " + rule.groupId());
    }

    private static String first(List<String> groups) {
        return groups.stream().sorted().findFirst().orElse("<group>");
    }

    private static String command(String way, String group, String option, String peer) {
        return "automatic at the next task event, or POST /nfs-ingress; by hand: aws ec2 authorize-security-group-"
                + way
                + " --group-id "
                + group
                + " --protocol tcp --port 2049 "
                + option
                + " "
                + peer;
    }

    private static Finding routes(Way way, List<RouteTable> tables) {
        return RouteWay.closed(way.client(), way.target(), tables)
                .map(what ->
                        Finding.broken(
                                Check.ROUTES,
                                what + " leads into nothing",
                                "aws ec2 delete-route, or aws ec2 replace-route with a target that is"
                                        + " there"))
                .orElseGet(() -> Finding.ok(Check.ROUTES, "no route leads into nothing"));
    }

    private static Finding acls(Way way, List<NetworkAcl> acls) {
        return AclWay.closed(way.client(), way.target(), acls)
                .map(what ->
                        Finding.broken(
                                Check.NETWORK_ACLS,
                                what,
                                "aws ec2 create-network-acl-entry that allows it, with a number before the"
                                        + " entry that denies it"))
                .orElseGet(() ->
                        Finding.ok(Check.NETWORK_ACLS, "they let NFS and its answers through"));
    }
}
