package dev.efsautopilot.diagnosis;

import dev.efsautopilot.aws.SecurityRule;
import dev.efsautopilot.network.Doors;
import java.util.List;
import java.util.Optional;

/** The security groups of both ends. */
final class DoorChecks {

    private DoorChecks() {}

    static List<Finding> of(Fact<Doors> doors, Way way) {
        return List.of(
                Finding.of(Check.SECURITY_GROUPS_OUT, doors, rules -> out(way, rules)),
                Finding.of(Check.SECURITY_GROUPS_IN, doors, rules -> in(way, rules)));
    }

    private static Finding in(Way way, Doors doors) {
        return verdict(
                Check.SECURITY_GROUPS_IN,
                way,
                doors.in(way.client(), way.target()),
                way.target().securityGroups(),
                "in from",
                way.client().securityGroups());
    }

    private static Finding out(Way way, Doors doors) {
        return verdict(
                Check.SECURITY_GROUPS_OUT,
                way,
                doors.out(way.client(), way.target()),
                way.client().securityGroups(),
                "out to",
                way.target().securityGroups());
    }

    private static Finding verdict(
            Check check,
            Way way,
            Optional<SecurityRule> open,
            List<String> owners,
            String direction,
            List<String> peers) {
        if (way.client().securityGroups().isEmpty()) {
            return Finding.unknown(
                    check, "the security groups of a stopped task are no longer known");
        }
        return open.map(rule -> Finding.ok(check, rule.id() + " of " + rule.groupId()))
                .orElseGet(() ->
                        Finding.broken(
                                check,
                                "no rule of %s lets TCP 2049 %s %s"
                                        .formatted(
                                                String.join(" ", owners),
                                                direction,
                                                String.join(" ", peers)),
                                repair(check, first(owners), first(peers))));
    }

    private static String repair(Check check, String group, String peer) {
        var way = check == Check.SECURITY_GROUPS_IN ? "ingress" : "egress";
        return "automatic at the next task event, or POST /nfs-ingress; by hand: aws ec2"
                + " authorize-security-group-%s --group-id %s --protocol tcp --port 2049 --source-group %s"
                        .formatted(way, group, peer);
    }

    private static String first(List<String> groups) {
        return groups.stream().sorted().findFirst().orElse("<group>");
    }
}
