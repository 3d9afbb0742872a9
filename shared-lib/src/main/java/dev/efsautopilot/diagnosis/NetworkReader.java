package dev.efsautopilot.diagnosis;

import dev.efsautopilot.aws.Ec2;
import dev.efsautopilot.aws.NetworkAcl;
import dev.efsautopilot.aws.RouteTable;
import dev.efsautopilot.diagnosis.TaskFacts.Dns;
import dev.efsautopilot.network.Doors;
import dev.efsautopilot.network.MountTargetSide;
import dev.efsautopilot.network.NfsClient;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Reads what is between some places and mount targets, each thing in one call for all of them. */
final class NetworkReader {

    private NetworkReader() {}

    /** What is between them. */
    record Network(
            Fact<Dns> dns,
            Fact<Doors> doors,
            Fact<List<NetworkAcl>> acls,
            Fact<List<RouteTable>> routes) {}

    static Network of(Ec2 ec2, Fact<List<NfsClient>> places, List<MountTargetSide> targets) {
        return new Network(
                places.then(at -> Fact.read(() -> dns(ec2, at.getFirst().vpcId()))),
                places.then(at -> Fact.read(() -> doors(ec2, at, targets))),
                places.then(at ->
                        oneSubnet(at, targets)
                                ? new Fact.Known<>(List.of())
                                : Fact.read(() -> ec2.networkAcls(subnets(at, targets)))),
                places.then(at ->
                        oneSubnet(at, targets)
                                ? new Fact.Known<>(List.of())
                                : Fact.read(() -> ec2.routeTables(at.getFirst().vpcId()))));
    }

    private static Dns dns(Ec2 ec2, String vpcId) {
        return new Dns(vpcId, ec2.dnsSupport(vpcId), ec2.dnsHostnames(vpcId));
    }

    private static Doors doors(Ec2 ec2, List<NfsClient> places, List<MountTargetSide> targets) {
        var groups = new TreeSet<String>();
        places.forEach(place -> groups.addAll(place.securityGroups()));
        targets.forEach(target -> groups.addAll(target.securityGroups()));
        return new Doors(ec2.securityGroups().rules(groups));
    }

    /** Neither network ACLs nor routes apply within a subnet, nor where nothing is mounted. */
    private static boolean oneSubnet(List<NfsClient> places, List<MountTargetSide> targets) {
        return targets.isEmpty() || subnets(places, targets).size() == 1;
    }

    private static Set<String> subnets(List<NfsClient> places, List<MountTargetSide> targets) {
        var subnets = new TreeSet<String>();
        places.forEach(place -> subnets.add(place.subnetId()));
        targets.forEach(target -> subnets.add(target.target().subnetId()));
        return subnets;
    }
}
