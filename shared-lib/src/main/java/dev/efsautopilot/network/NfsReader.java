package dev.efsautopilot.network;

import static java.util.stream.Collectors.toMap;
import static java.util.stream.Collectors.toSet;

import com.fasterxml.jackson.databind.JsonNode;
import dev.efsautopilot.aws.Ec2;
import dev.efsautopilot.aws.Ecs;
import dev.efsautopilot.aws.Efs;
import dev.efsautopilot.aws.FileSystem;
import dev.efsautopilot.aws.MountTarget;
import dev.efsautopilot.aws.NetworkInterface;
import dev.efsautopilot.aws.S3Files;
import dev.efsautopilot.json.Json;
import dev.efsautopilot.network.NfsFacts.Peers;
import dev.efsautopilot.task.Task;
import java.util.Collection;
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

    private final Ecs ecs;
    private final Efs efs;
    private final Ec2 ec2;
    private final Optional<S3Files> s3Files;
    private final Set<String> s3FileSystems;

    /** A reader on these clients that knows of EFS alone. */
    public NfsReader(Ecs ecs, Efs efs, Ec2 ec2) {
        this(ecs, efs, ec2, Optional.empty(), Set.of());
    }

    /**
     * A reader on these clients.
     *
     * @param s3FileSystems the ARNs of file systems and access points on S3 Files whose owners
     *     opted in
     */
    public NfsReader(Ecs ecs, Efs efs, Ec2 ec2, S3Files s3Files, Set<String> s3FileSystems) {
        this(ecs, efs, ec2, Optional.of(s3Files), Set.copyOf(s3FileSystems));
    }

    private NfsReader(
            Ecs ecs, Efs efs, Ec2 ec2, Optional<S3Files> s3Files, Set<String> s3FileSystems) {
        this.ecs = ecs;
        this.efs = efs;
        this.ec2 = ec2;
        this.s3Files = s3Files;
        this.s3FileSystems = s3FileSystems;
    }

    /** The side of a task, where {@link #networkInterface} finds one. */
    public Optional<NfsClient> client(Task task) {
        return networkInterface(task).map(NfsClient::of);
    }

    /**
     * The network interface of a task: its own where it has one, else that of the instance it runs
     * on. Empty before it has one and after it has lost it.
     */
    public Optional<NetworkInterface> networkInterface(Task task) {
        var own = task.networkInterfaceId();
        if (own.isPresent() || task.awsvpc()) {
            return own.flatMap(ec2::networkInterface);
        }
        return Json.optionalText(task.json(), "containerInstanceArn")
                .flatMap(instance -> networkInterface(task.clusterArn(), instance));
    }

    /** The side of the tasks in bridge and host mode on a container instance. */
    public Optional<NfsClient> client(String cluster, String containerInstance) {
        return networkInterface(cluster, containerInstance).map(NfsClient::of);
    }

    private Optional<NetworkInterface> networkInterface(String cluster, String instance) {
        return ecs.containerInstance(cluster, instance)
                .filter(found -> !found.ec2InstanceId().isBlank())
                .flatMap(found -> ec2.primaryInterface(found.ec2InstanceId()));
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
        return ec2.subnets(subnets).stream()
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
        var sides = sides(new TreeSet<>(fileSystemIds), zones);
        return new NfsFacts(clients, sides, doors(clients, sides), peers(clients, sides), family);
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
                .filter(pair -> ec2.peered(pair.clientVpcId(), pair.targetVpcId()))
                .collect(toSet());
    }

    /** Every rule of the groups of both sides. */
    public Doors doors(List<NfsClient> clients, List<FileSystemSide> sides) {
        var groups = new TreeSet<String>();
        clients.forEach(client -> groups.addAll(client.securityGroups()));
        var targets = sides.stream().flatMap(side -> side.mountTargets().stream()).toList();
        targets.forEach(target -> groups.addAll(target.securityGroups()));
        return new Doors(targets.isEmpty() ? List.of() : ec2.securityGroups().rules(groups));
    }

    private List<FileSystemSide> sides(Collection<String> ids, Set<String> zones) {
        var found = ids.stream().map(id -> bare(id, zones)).toList();
        var places =
                places(
                        found.stream()
                                .flatMap(side -> side.mountTargets().stream())
                                .map(MountTargetSide::target)
                                .toList());
        return found.stream()
                .map(side ->
                        new FileSystemSide(
                                side.id(),
                                side.fileSystem(),
                                near(
                                        side.mountTargets().stream()
                                                .map(one -> placed(one.target(), places))
                                                .toList(),
                                        zones)))
                .toList();
    }

    /** Its mount targets' groups are still to be read; those of others are none of our business. */
    private FileSystemSide bare(String id, Set<String> zones) {
        var found = S3Files.names(id) ? Optional.of(onS3Files(id)) : efs.fileSystem(id);
        var allowed = found.flatMap(FileSystem::allow).isPresent();
        return new FileSystemSide(
                id,
                found,
                near(
                        (allowed ? targets(id) : List.<MountTarget>of())
                                .stream()
                                        .map(target -> new MountTargetSide(target, List.of()))
                                        .toList(),
                        zones));
    }

    private List<MountTarget> targets(String id) {
        return S3Files.names(id)
                ? s3Files.map(files -> files.mountTargets(S3Files.fileSystem(id))).orElse(List.of())
                : efs.mountTargets(id);
    }

    /** Its owner's opt-in is the stack's parameter. */
    private FileSystem onS3Files(String arn) {
        var allowed =
                s3FileSystems.contains(arn) || s3FileSystems.contains(S3Files.fileSystem(arn));
        return new FileSystem(
                arn,
                arn,
                "available",
                Optional.empty(),
                "elastic",
                allowed ? Map.of(FileSystem.ALLOW, "/") : Map.of());
    }

    /**
     * The mount targets of a file system in these zones, with their groups; another one as an
     * example where these zones have none.
     */
    public List<MountTargetSide> mountTargets(String fileSystemId, Set<String> zones) {
        var all =
                efs.mountTargets(fileSystemId).stream()
                        .map(target -> new MountTargetSide(target, List.of()))
                        .toList();
        var near = near(all, zones);
        var places = places(near.stream().map(MountTargetSide::target).toList());
        return near.stream().map(one -> placed(one.target(), places)).toList();
    }

    /** Those whose zone is not known yet are near until it is. */
    private static List<MountTargetSide> near(List<MountTargetSide> all, Set<String> zones) {
        var near =
                all.stream()
                        .filter(one ->
                                one.target().availabilityZone().isBlank()
                                        || zones.contains(one.target().availabilityZone()))
                        .toList();
        return near.isEmpty() ? all.stream().limit(1).toList() : near;
    }

    /**
     * Their network interfaces, all in one call: "Each Amazon EFS mount target has one
     * corresponding requester-managed EC2 network interface." (EFS, CreateMountTarget)
     */
    private Map<String, NetworkInterface> places(List<MountTarget> targets) {
        var ids =
                targets.stream()
                        .map(MountTarget::networkInterfaceId)
                        .filter(id -> !id.isBlank())
                        .toList();
        return ec2.networkInterfaces(ids).stream().collect(toMap(NetworkInterface::id, at -> at));
    }

    private static MountTargetSide placed(
            MountTarget target, Map<String, NetworkInterface> places) {
        return Optional.ofNullable(places.get(target.networkInterfaceId()))
                .map(place -> new MountTargetSide(target.at(place), place.securityGroups()))
                .orElseGet(() -> new MountTargetSide(target, List.of()));
    }
}
