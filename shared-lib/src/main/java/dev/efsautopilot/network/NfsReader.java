package dev.efsautopilot.network;

import static java.util.stream.Collectors.toMap;
import static java.util.stream.Collectors.toSet;

import com.fasterxml.jackson.databind.JsonNode;
import dev.efsautopilot.aws.ContainerInstances;
import dev.efsautopilot.aws.Ec2;
import dev.efsautopilot.aws.Ecs;
import dev.efsautopilot.aws.Efs;
import dev.efsautopilot.aws.NetworkInterface;
import dev.efsautopilot.aws.S3Files;
import dev.efsautopilot.json.Json;
import dev.efsautopilot.network.NfsFacts.Peers;
import dev.efsautopilot.task.Task;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Reads both sides of a mount. For one task: one or two calls for its side, two for each file
 * system, one for all of their mount targets' groups, one for all rules, however many tasks, rules
 * or access points there are.
 */
public final class NfsReader {

    private final ContainerInstances instances;
    private final Ec2 ec2;
    private final FileSystemSides sides;

    /** A reader on these clients that knows of EFS alone. */
    public NfsReader(Ecs ecs, Efs efs, Ec2 ec2) {
        this(
                ecs.containerInstances(),
                ec2,
                new FileSystemSides(efs, ec2, Optional.empty(), Set.of()));
    }

    /**
     * A reader on these clients.
     *
     * @param s3FileSystems the ARNs of file systems and access points on S3 Files whose owners
     *     opted in
     */
    public NfsReader(Ecs ecs, Efs efs, Ec2 ec2, S3Files s3Files, Set<String> s3FileSystems) {
        this(
                ecs.containerInstances(),
                ec2,
                new FileSystemSides(efs, ec2, Optional.of(s3Files), s3FileSystems));
    }

    private NfsReader(ContainerInstances instances, Ec2 ec2, FileSystemSides sides) {
        this.instances = instances;
        this.ec2 = ec2;
        this.sides = sides;
    }

    /** The side of a task, where {@link #networkInterface} finds one. */
    public Optional<NfsClient> client(Task task) {
        return networkInterface(task).map(NfsClient::of);
    }

    /**
     * The sides of many tasks by the tasks' ARNs, those without one left out: a call for a hundred
     * interfaces, two for each container instance.
     */
    public Map<String, NfsClient> clients(List<Task> tasks) {
        var own =
                ec2
                        .networkInterfaces()
                        .found(
                                tasks.stream()
                                        .flatMap(task -> task.networkInterfaceId().stream())
                                        .distinct()
                                        .toList())
                        .stream()
                        .collect(toMap(NetworkInterface::id, NfsClient::of));
        var ofInstances = new HashMap<String, Optional<NfsClient>>();
        var sides = new LinkedHashMap<String, NfsClient>();
        for (var task : tasks) {
            var side =
                    task.networkInterfaceId().isPresent() || task.awsvpc()
                            ? task.networkInterfaceId().map(own::get)
                            : Json.optionalText(task.json(), "containerInstanceArn")
                                    .flatMap(arn ->
                                            ofInstances.computeIfAbsent(
                                                    arn, _ -> client(task.clusterArn(), arn)));
            side.ifPresent(found -> sides.put(task.arn(), found));
        }
        return sides;
    }

    /**
     * The network interface of a task: its own where it has one, else that of the instance it runs
     * on. Empty before it has one and after it has lost it.
     */
    public Optional<NetworkInterface> networkInterface(Task task) {
        var own = task.networkInterfaceId();
        if (own.isPresent() || task.awsvpc()) {
            return own.flatMap(ec2.networkInterfaces()::find);
        }
        return Json.optionalText(task.json(), "containerInstanceArn")
                .flatMap(instance -> networkInterface(task.clusterArn(), instance));
    }

    /** The side of the tasks in bridge and host mode on a container instance. */
    public Optional<NfsClient> client(String cluster, String containerInstance) {
        return networkInterface(cluster, containerInstance).map(NfsClient::of);
    }

    private Optional<NetworkInterface> networkInterface(String cluster, String instance) {
        return instances
                .find(cluster, instance)
                .filter(found -> !found.ec2InstanceId().isBlank())
                .flatMap(found -> ec2.networkInterfaces().primary(found.ec2InstanceId()));
    }

    /**
     * The places that a request allows, one for each subnet.
     *
     * @param awsvpc {@code networkConfiguration.awsvpcConfiguration} of RunTask or CreateService
     */
    public List<NfsClient> clients(JsonNode awsvpc) {
        var subnets = Json.texts(awsvpc, "subnets");
        if (subnets.isEmpty()) {
            return List.of();
        }
        var named = Json.texts(awsvpc, "securityGroups");
        return ec2.vpcs().subnets(subnets).stream()
                .map(subnet ->
                        NfsClient.in(subnet, named.isEmpty() ? standard(subnet.vpcId()) : named))
                .toList();
    }

    private List<String> standard(String vpcId) {
        return ec2.securityGroups().defaultGroup(vpcId).stream().toList();
    }

    /** All that decides what has to be opened for these clients. */
    public NfsFacts facts(
            List<NfsClient> clients, Collection<String> fileSystemIds, String family) {
        var zones = clients.stream().map(NfsClient::availabilityZone).collect(toSet());
        var found = sides.of(new TreeSet<>(fileSystemIds), zones);
        return new NfsFacts(clients, found, doors(clients, found), peers(clients, found), family);
    }

    /** Asked only where a client is in another VPC than a mount target. */
    private Set<Peers> peers(List<NfsClient> clients, List<FileSystemSide> sides) {
        return clients.stream()
                .map(NfsClient::vpcId)
                .distinct()
                .flatMap(client ->
                        sides.stream()
                                .flatMap(side -> side.mountTargets().stream())
                                .map(target -> new Peers(client, target.target().vpcId())))
                .distinct()
                .filter(pair -> !pair.clientVpcId().equals(pair.targetVpcId()))
                .filter(pair -> ec2.vpcs().peered(pair.clientVpcId(), pair.targetVpcId()))
                .collect(toSet());
    }

    /** Every rule of the groups of both sides. */
    public Doors doors(List<NfsClient> clients, List<FileSystemSide> sides) {
        var groups = new TreeSet<String>();
        clients.forEach(client -> groups.addAll(client.securityGroups()));
        var targets = sides.stream().flatMap(side -> side.mountTargets().stream()).toList();
        targets.forEach(target -> groups.addAll(target.securityGroups()));
        return new Doors(targets.isEmpty() ? List.of() : ec2.securityRules().of(groups));
    }

    /**
     * The mount targets of a file system in these zones, with their groups; another one as an
     * example where these zones have none.
     */
    public List<MountTargetSide> mountTargets(String fileSystemId, Set<String> zones) {
        return sides.mountTargets(fileSystemId, zones);
    }
}
