package dev.efsautopilot.diagnosis;

import com.fasterxml.jackson.databind.JsonNode;
import dev.efsautopilot.aws.AccessPoint;
import dev.efsautopilot.aws.ContainerInstance;
import dev.efsautopilot.aws.Ec2;
import dev.efsautopilot.aws.Ecs;
import dev.efsautopilot.aws.Efs;
import dev.efsautopilot.aws.FileSystem;
import dev.efsautopilot.diagnosis.Fact.Known;
import dev.efsautopilot.diagnosis.Fact.Unknown;
import dev.efsautopilot.json.Json;
import dev.efsautopilot.network.MountTargetSide;
import dev.efsautopilot.network.NfsClient;
import dev.efsautopilot.network.NfsReader;
import dev.efsautopilot.task.EfsVolume;
import dev.efsautopilot.task.Task;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Reads what a diagnosis is made from. It only reads; a read that IAM denies makes its check
 * unknown. For a task with one volume at most eleven calls on Fargate and thirteen on EC2, four
 * more for each further volume, however many other tasks, rules and access points there are.
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

    /** What a volume is mounted from, seen from everywhere at once. */
    private record Storage(
            EfsVolume volume,
            Fact<Optional<FileSystem>> fileSystem,
            Fact<List<MountTargetSide>> targets,
            Fact<Optional<AccessPoint>> accessPoint) {}

    /** Why this task, running or stopped, can't mount its file systems. */
    public Diagnosis of(Task task) {
        var definition = definition(task.taskDefinitionArn());
        var client =
                volumes(definition).isEmpty() ? Examination.<NfsClient>noVolume() : client(task);
        var places = facts(task, definition, client.then(one -> new Known<>(List.of(one))));
        return Diagnosis.of(places.getFirst());
    }

    /**
     * Why the next task of a service can't mount its file systems, in each subnet where it may run,
     * and why the last ones stopped.
     *
     * @param service the service as {@code DescribeServices} has it
     */
    public Diagnosis ofService(JsonNode service) {
        var task = PlannedTask.of(service);
        var stopped =
                Fact.read(() ->
                        ecs.stoppedTasks(task.clusterArn(), Json.text(service, "serviceName")));
        return Diagnosis.of(planned(task, PlannedTask.awsvpc(service)), stopped);
    }

    /**
     * Why a task of this revision can't mount its file systems where this network configuration
     * lets it run.
     *
     * @param taskDefinition an ARN, {@code family:revision}, or a family
     * @param awsvpc {@code awsvpcConfiguration} as RunTask takes it
     */
    public Diagnosis ofDefinition(String taskDefinition, JsonNode awsvpc) {
        var task = PlannedTask.of(taskDefinition);
        return Diagnosis.of(planned(task, awsvpc), new Known<>(List.of()));
    }

    private List<TaskFacts> planned(Task task, JsonNode awsvpc) {
        var definition = definition(task.taskDefinitionArn());
        var places =
                volumes(definition).isEmpty()
                        ? Examination.<List<NfsClient>>noVolume()
                        : Fact.read(() -> reader.clients(awsvpc)).then(Examination::named);
        return facts(task, definition, places);
    }

    private static Fact<List<NfsClient>> named(List<NfsClient> places) {
        return places.isEmpty()
                ? new Unknown<>("nothing names the subnets: look at one of the running tasks")
                : new Known<>(places);
    }

    private List<TaskFacts> facts(
            Task task, Fact<JsonNode> definition, Fact<List<NfsClient>> places) {
        var storage = volumes(definition).stream().map(one -> storage(one, places)).toList();
        var targets = storage.stream().flatMap(one -> targets(one).stream()).toList();
        var network = NetworkReader.of(ec2, places, targets);
        var instance = instance(task);
        return clients(places).stream()
                .map(client ->
                        new TaskFacts(
                                task,
                                definition,
                                client,
                                instance,
                                network.dns(),
                                network.doors(),
                                network.routes(),
                                storage.stream().map(one -> volume(one, client, network)).toList()))
                .toList();
    }

    /** Each place; one that is unknown where all are. */
    private static List<Fact<NfsClient>> clients(Fact<List<NfsClient>> places) {
        return switch (places) {
            case Unknown<List<NfsClient>>(var why) -> List.of(new Unknown<>(why));
            case Known<List<NfsClient>>(var known) ->
                    known.stream().<Fact<NfsClient>>map(Known::new).toList();
        };
    }

    private static <T> Fact<T> noVolume() {
        return new Unknown<>("the task definition mounts nothing from EFS");
    }

    private Fact<JsonNode> definition(String reference) {
        return Fact.read(() -> ecs.taskDefinition(reference))
                .then(found ->
                        found.<Fact<JsonNode>>map(Known::new)
                                .orElseGet(() -> new Unknown<>("the task definition is gone")));
    }

    private static List<EfsVolume> volumes(Fact<JsonNode> definition) {
        return switch (definition) {
            case Known<JsonNode>(var described) -> EfsVolume.of(described.path("taskDefinition"));
            case Unknown<JsonNode> _ -> List.of();
        };
    }

    /** A stopped task's interface is gone, its subnet is still named in the task's attachment. */
    private Fact<NfsClient> client(Task task) {
        return Fact.read(() -> reader.client(task).or(() -> stopped(task)))
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
        return Fact.read(() -> arn.flatMap(one -> ecs.containerInstance(task.clusterArn(), one)));
    }

    private Storage storage(EfsVolume volume, Fact<List<NfsClient>> places) {
        var fileSystem = Fact.read(() -> efs.fileSystem(volume.fileSystemId()));
        var targets =
                places.then(at ->
                        fileSystem.then(found ->
                                found.isEmpty()
                                        ? new Known<>(List.<MountTargetSide>of())
                                        : Fact.read(() -> targets(volume, at))));
        return new Storage(
                volume,
                fileSystem,
                targets,
                Fact.read(() -> volume.accessPointId().flatMap(efs::accessPoint)));
    }

    private List<MountTargetSide> targets(EfsVolume volume, List<NfsClient> places) {
        var zones = places.stream().map(NfsClient::availabilityZone).collect(Collectors.toSet());
        return reader.mountTargets(volume.fileSystemId(), zones).stream()
                .filter(side -> zones.contains(side.target().availabilityZone()))
                .toList();
    }

    private static List<MountTargetSide> targets(Storage storage) {
        return switch (storage.targets()) {
            case Known<List<MountTargetSide>>(var sides) -> sides;
            case Unknown<List<MountTargetSide>> _ -> List.of();
        };
    }

    private static VolumeFacts volume(
            Storage storage, Fact<NfsClient> client, NetworkReader.Network network) {
        return new VolumeFacts(
                storage.volume(),
                storage.fileSystem(),
                client.then(at -> storage.targets().then(sides -> new Known<>(near(sides, at)))),
                storage.accessPoint(),
                network.acls());
    }

    private static Optional<MountTargetSide> near(List<MountTargetSide> sides, NfsClient at) {
        return sides.stream()
                .filter(side -> side.target().availabilityZone().equals(at.availabilityZone()))
                .findFirst();
    }
}
