package dev.efsautopilot.diagnosis;

import com.fasterxml.jackson.databind.JsonNode;
import dev.efsautopilot.aws.Clients;
import dev.efsautopilot.aws.ContainerInstance;
import dev.efsautopilot.aws.Ec2;
import dev.efsautopilot.aws.Ecs;
import dev.efsautopilot.aws.Iam;
import dev.efsautopilot.diagnosis.Fact.Known;
import dev.efsautopilot.diagnosis.Fact.Unknown;
import dev.efsautopilot.json.Json;
import dev.efsautopilot.network.NfsClient;
import dev.efsautopilot.network.NfsReader;
import dev.efsautopilot.role.MountPermissions;
import dev.efsautopilot.task.EfsVolume;
import dev.efsautopilot.task.NfsVolumes;
import dev.efsautopilot.task.Task;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Reads what a diagnosis is made from. It only reads; a read that IAM denies makes its check
 * unknown. For a task with one volume at most 18 calls on Fargate and 20 on EC2, five more where it
 * has an execution role, seven more for each further volume, however many other tasks, rules and
 * access points there are.
 */
public final class Examination {

    private static final Fact<JsonNode> GONE = new Unknown<>("the task definition is gone");

    private final Ecs ecs;
    private final Ec2 ec2;
    private final NfsReader reader;
    private final StorageReader storage;
    private final NetworkReader network;
    private final Iam iam;

    /** An examination of whoever does not know the stack's parameters. */
    public Examination(Clients clients) {
        this(
                clients,
                new Unknown<>(
                        "the stack's parameter S3FileSystems says it, which the deployed function"
                                + " knows"));
    }

    /**
     * An examination through these clients.
     *
     * @param s3FileSystems the ARNs of file systems and access points on S3 Files whose owners
     *     opted in
     */
    public Examination(Clients clients, Fact<Set<String>> s3FileSystems) {
        var efs = clients.efs();
        var s3Files = clients.s3Files();
        this.ecs = clients.ecs();
        this.ec2 = clients.ec2();
        this.reader = new NfsReader(ecs, efs, ec2, s3Files, Set.of());
        this.storage =
                new StorageReader(
                        efs,
                        s3Files,
                        s3FileSystems,
                        reader,
                        new MountPermissions(efs, s3Files, clients.iam()),
                        clients.metrics());
        this.network = new NetworkReader(ec2);
        this.iam = clients.iam();
    }

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
                        ecs.clusters()
                                .stoppedTasks(
                                        task.clusterArn(), Json.text(service, "serviceName")));
        return Diagnosis.of(
                planned(task, definition(task.taskDefinitionArn()), PlannedTask.awsvpc(service)),
                stopped);
    }

    /**
     * Why a task of this revision can't mount its file systems where this network configuration
     * lets it run.
     *
     * @param taskDefinition an ARN, {@code family:revision}, or a family
     * @param awsvpc {@code awsvpcConfiguration} as RunTask takes it
     * @return empty where there is no such task definition
     */
    public Optional<Diagnosis> ofDefinition(String taskDefinition, JsonNode awsvpc) {
        var task = PlannedTask.of(taskDefinition);
        var definition = definition(taskDefinition);
        return definition.equals(GONE)
                ? Optional.empty()
                : Optional.of(
                        Diagnosis.of(planned(task, definition, awsvpc), new Known<>(List.of())));
    }

    private List<TaskFacts> planned(Task task, Fact<JsonNode> definition, JsonNode awsvpc) {
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
        var volumes =
                volumes(definition).stream()
                        .map(one -> storage.read(described(definition), one, places))
                        .toList();
        var targets = volumes.stream().flatMap(one -> one.near(places).stream()).toList();
        var between = network.read(places, targets);
        var instance = instance(task);
        var role = executionRole(task, definition);
        return clients(places).stream()
                .map(client ->
                        new TaskFacts(task, definition, client, role, instance, between, volumes))
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
        return new Unknown<>("the task definition mounts nothing over NFS");
    }

    private Fact<JsonNode> definition(String reference) {
        return Fact.read(() -> ecs.taskDefinitions().find(reference))
                .then(found -> found.<Fact<JsonNode>>map(Known::new).orElse(GONE));
    }

    private static List<EfsVolume> volumes(Fact<JsonNode> definition) {
        return NfsVolumes.mounted(described(definition));
    }

    private static JsonNode described(Fact<JsonNode> definition) {
        return switch (definition) {
            case Known<JsonNode>(var described) -> described.path("taskDefinition");
            case Unknown<JsonNode> _ -> Json.MAPPER.missingNode();
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
                .flatMap(id -> ec2.vpcs().subnets(List.of(id)).stream().findFirst())
                .map(subnet -> NfsClient.in(subnet, List.of()));
    }

    private Fact<Optional<ExecutionRole>> executionRole(Task task, Fact<JsonNode> definition) {
        var described = described(definition);
        return volumes(definition).isEmpty()
                ? new Known<>(Optional.empty())
                : Fact.read(() ->
                        ExecutionRole.read(
                                iam,
                                described,
                                RoleChecks.onFargate(task.launchType(), described)));
    }

    private Fact<Optional<ContainerInstance>> instance(Task task) {
        var arn = Json.optionalText(task.json(), "containerInstanceArn");
        return Fact.read(
                () -> arn.flatMap(one -> ecs.containerInstances().find(task.clusterArn(), one)));
    }
}
