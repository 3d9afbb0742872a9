package dev.efsautopilot.diagnosis;

import dev.efsautopilot.aws.Ec2;
import dev.efsautopilot.diagnosis.NetworkFacts.Dns;
import dev.efsautopilot.network.Doors;
import dev.efsautopilot.network.MountTargetSide;
import dev.efsautopilot.network.NfsClient;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiFunction;

/** Reads what is between some places and mount targets, each thing in one call for all of them. */
record NetworkReader(Ec2 ec2) {

    NetworkFacts read(Fact<List<NfsClient>> places, List<MountTargetSide> targets) {
        return new NetworkFacts(
                places.then(at -> Fact.read(() -> dns(at.getFirst().vpcId()))),
                places.then(at -> Fact.read(() -> ec2.vpcs().dhcpOptions(at.getFirst().vpcId()))),
                places.then(at -> Fact.read(() -> doors(at, targets))),
                between(places, targets, (_, subnets) -> ec2.vpcs().networkAcls(subnets)),
                between(places, targets, (at, _) -> ec2.vpcs().routeTables(at.getFirst().vpcId())),
                between(places, targets, (_, subnets) -> ec2.vpcs().subnets(subnets)));
    }

    private Dns dns(String vpcId) {
        return new Dns(vpcId, ec2.vpcs().dnsSupport(vpcId), ec2.vpcs().dnsHostnames(vpcId));
    }

    private Doors doors(List<NfsClient> places, List<MountTargetSide> targets) {
        var groups = new TreeSet<String>();
        places.forEach(place -> groups.addAll(place.securityGroups()));
        targets.forEach(target -> groups.addAll(target.securityGroups()));
        return new Doors(ec2.securityRules().of(groups));
    }

    /** Neither network ACLs nor routes apply within a subnet, nor where nothing is mounted. */
    private static <T> Fact<List<T>> between(
            Fact<List<NfsClient>> places,
            List<MountTargetSide> targets,
            BiFunction<List<NfsClient>, Set<String>, List<T>> read) {
        return places.then(at -> {
            var subnets = subnets(at, targets);
            return targets.isEmpty() || subnets.size() == 1
                    ? new Fact.Known<>(List.of())
                    : Fact.read(() -> read.apply(at, subnets));
        });
    }

    private static Set<String> subnets(List<NfsClient> places, List<MountTargetSide> targets) {
        var subnets = new TreeSet<String>();
        places.forEach(place -> subnets.add(place.subnetId()));
        targets.forEach(target -> subnets.add(target.target().subnetId()));
        return subnets;
    }
}
