package dev.efsautopilot.diagnosis;

import com.fasterxml.jackson.databind.JsonNode;
import dev.efsautopilot.aws.ContainerInstance;
import dev.efsautopilot.aws.Denied;
import dev.efsautopilot.aws.Ec2;
import dev.efsautopilot.aws.Ecs;
import dev.efsautopilot.aws.Efs;
import dev.efsautopilot.aws.NetworkAcl;
import dev.efsautopilot.diagnosis.Fact.Known;
import dev.efsautopilot.diagnosis.Fact.Unknown;
import dev.efsautopilot.diagnosis.TaskFacts.Dns;
import dev.efsautopilot.json.Json;
import dev.efsautopilot.network.Doors;
import dev.efsautopilot.network.MountTargetSide;
import dev.efsautopilot.network.NfsClient;
import dev.efsautopilot.network.NfsReader;
import dev.efsautopilot.task.EfsVolume;
import dev.efsautopilot.task.Task;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;

/**
 * Reads what a diagnosis is made from. It only reads; a read that IAM denies makes its check
 * unknown. For a task with one volume at most twelve calls, five more for each further one.
 */
public final class Examination {

    private final Ecs ecs;
    private final Efs efs;
    private final Ec2 ec2;
    private final NfsReader reader;

    /** An examination through these clients. */
    public Examination(Ecs ecs, Efs efs, Ec2 ec2) {
        this.ecs = ecs;
        this.efs = efs;
        this.ec2 = ec2;
        this.reader = new NfsReader(ecs, efs, ec2);
    }

    /** Why this task, running or stopped, can't mount its file systems. */
    public Diagnosis of(Task task) {
        var definition =
                read(() -> ecs.taskDefinition(task.taskDefinitionArn())).then(Examination::there);
        var volumes = volumes(definition);
        var client = volumes.isEmpty() ? Examination.<NfsClient>noVolume() : client(task);
        var facts = volumes.stream().map(volume -> volume(volume, client)).toList();
        return Diagnosis.of(
                new TaskFacts(
                        task,
                        definition,
                        client,
                        instance(task),
                        client.then(at -> read(() -> dns(at.vpcId()))),
                        client.then(at -> read(() -> doors(at, facts))),
                        facts));
    }

    private static <T> Fact<T> noVolume() {
        return new Unknown<>("the task definition mounts nothing from EFS");
    }

    private static Fact<JsonNode> there(Optional<JsonNode> definition) {
        return definition
                .<Fact<JsonNode>>map(Known::new)
                .orElseGet(() -> new Unknown<>("the task definition is gone"));
    }

    private static List<EfsVolume> volumes(Fact<JsonNode> definition) {
        return switch (definition) {
            case Known<JsonNode>(var described) -> EfsVolume.of(described.path("taskDefinition"));
            case Unknown<JsonNode> _ -> List.of();
        };
    }

    /** A stopped task's interface is gone, its subnet is still named in the task's attachment. */
    private Fact<NfsClient> client(Task task) {
        return read(() -> reader.client(task).or(() -> stopped(task)))
                .then(found ->
                        found.<Fact<NfsClient>>map(Known::new)
                                .orElseGet(() ->
                                        new Unknown<>(
                                                "where the task was is no longer known: it is "
                                                        + task.lastStatus()
                                                        + " and names no subnet")));
    }

    private Optional<NfsClient> stopped(Task task) {
        return task.subnetId()
                .flatMap(id -> ec2.subnets(List.of(id)).stream().findFirst())
                .map(subnet -> NfsClient.in(subnet, List.of()));
    }

    private Fact<Optional<ContainerInstance>> instance(Task task) {
        var arn = Json.optionalText(task.json(), "containerInstanceArn");
        return read(() -> arn.flatMap(one -> ecs.containerInstance(task.clusterArn(), one)));
    }

    private Dns dns(String vpcId) {
        return new Dns(vpcId, ec2.dnsSupport(vpcId), ec2.dnsHostnames(vpcId));
    }

    private VolumeFacts volume(EfsVolume volume, Fact<NfsClient> client) {
        var fileSystem = read(() -> efs.fileSystem(volume.fileSystemId()));
        var target =
                client.then(at ->
                        fileSystem.then(found ->
                                found.isEmpty()
                                        ? new Known<>(Optional.<MountTargetSide>empty())
                                        : read(() -> target(volume, at))));
        return new VolumeFacts(
                volume,
                fileSystem,
                target,
                read(() -> volume.accessPointId().flatMap(efs::accessPoint)),
                client.then(at -> target.then(found -> read(() -> acls(at, found)))));
    }

    private Optional<MountTargetSide> target(EfsVolume volume, NfsClient at) {
        return reader.mountTargets(volume.fileSystemId(), Set.of(at.availabilityZone())).stream()
                .filter(side -> side.target().availabilityZone().equals(at.availabilityZone()))
                .findFirst();
    }

    private List<NetworkAcl> acls(NfsClient at, Optional<MountTargetSide> target) {
        return target.map(side -> Set.copyOf(List.of(at.subnetId(), side.target().subnetId())))
                .filter(subnets -> subnets.size() > 1)
                .map(ec2::networkAcls)
                .orElse(List.of());
    }

    private Doors doors(NfsClient at, List<VolumeFacts> volumes) {
        var groups = new TreeSet<>(at.securityGroups());
        for (var volume : volumes) {
            if (volume.target() instanceof Known<Optional<MountTargetSide>>(var target)) {
                target.ifPresent(side -> groups.addAll(side.securityGroups()));
            }
        }
        return new Doors(ec2.securityGroups().rules(groups));
    }

    private static <T> Fact<T> read(Supplier<T> call) {
        try {
            return new Known<>(call.get());
        } catch (RuntimeException e) {
            return new Unknown<>("it could not be read: " + Denied.of(e).orElseThrow(() -> e));
        }
    }
}
