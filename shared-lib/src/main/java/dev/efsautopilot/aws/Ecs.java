package dev.efsautopilot.aws;

import com.fasterxml.jackson.databind.JsonNode;
import dev.efsautopilot.json.Json;
import dev.efsautopilot.plan.Refusal;
import dev.efsautopilot.plan.Result;
import dev.efsautopilot.task.Task;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import software.amazon.awssdk.services.ecs.EcsClient;
import software.amazon.awssdk.services.ecs.model.Attribute;
import software.amazon.awssdk.services.ecs.model.ClientException;
import software.amazon.awssdk.services.ecs.model.ClusterNotFoundException;
import software.amazon.awssdk.services.ecs.model.ConflictException;
import software.amazon.awssdk.services.ecs.model.Deployment;
import software.amazon.awssdk.services.ecs.model.DeploymentRolloutState;
import software.amazon.awssdk.services.ecs.model.EcsException;
import software.amazon.awssdk.services.ecs.model.InvalidParameterException;
import software.amazon.awssdk.services.ecs.model.LimitExceededException;
import software.amazon.awssdk.services.ecs.model.ResourceNotFoundException;
import software.amazon.awssdk.services.ecs.model.ServiceField;
import software.amazon.awssdk.services.ecs.model.SortOrder;
import software.amazon.awssdk.services.ecs.model.Tag;
import software.amazon.awssdk.services.ecs.model.TaskDefinitionFamilyStatus;
import software.amazon.awssdk.services.ecs.model.TaskDefinitionStatus;

/** Amazon ECS. Tasks and task definitions are the JSON that the API sends and takes. */
public final class Ecs {

    /** The most services that one DescribeServices takes. */
    private static final int MOST_DESCRIBED = 10;

    /** The most tasks that one DescribeTasks takes. */
    public static final int MOST_TASKS = 100;

    private final Supplier<EcsClient> client;
    private final Supplier<EcsClient> once;

    /**
     * @param once makes a call again only where it certainly did nothing
     */
    Ecs(Supplier<EcsClient> client, Supplier<EcsClient> once) {
        this.client = client;
        this.once = once;
    }

    /**
     * A task definition with its tags ({@code DescribeTaskDefinition} with {@code include:
     * [TAGS]}).
     *
     * @param reference an ARN, {@code family:revision}, or a family for its newest ACTIVE revision
     * @return {@code {"taskDefinition": …, "tags": […]}}; empty where there is none
     */
    public Optional<JsonNode> taskDefinition(String reference) {
        var request = Json.MAPPER.createObjectNode().put("taskDefinition", reference);
        request.putArray("include").add("TAGS");
        try {
            return Optional.of(
                    RawJson.call(
                            request,
                            raw ->
                                    client.get()
                                            .describeTaskDefinition(
                                                    r -> r.overrideConfiguration(raw))));
        } catch (EcsException e) {
            // The API has no code of its own for a definition that is not there.
            if (Errors.is(e, "ClientException")) {
                return Optional.empty();
            }
            throw e;
        }
    }

    /**
     * Registers a revision ({@code RegisterTaskDefinition}). The call has no token: where its
     * answer is lost, it is not made again, and the error is thrown.
     *
     * @param definition the request as the API takes it
     * @return {@code taskDefinition} as it was registered; the reason where ECS does not take it,
     *     which it tells by {@code InvalidParameterException} or {@code ClientException}
     */
    public Result<JsonNode> registerTaskDefinition(JsonNode definition) {
        try {
            return Result.ok(registered(definition));
        } catch (ClientException _) {
            return registerAgain(definition);
        } catch (InvalidParameterException e) {
            return refused(definition, e);
        }
    }

    /** The code is also that of two registrations of a family at once: the second try tells. */
    private Result<JsonNode> registerAgain(JsonNode definition) {
        try {
            return Result.ok(registered(definition));
        } catch (ClientException | InvalidParameterException e) {
            return refused(definition, e);
        }
    }

    private JsonNode registered(JsonNode definition) {
        return RawJson.call(
                        definition,
                        raw -> once.get().registerTaskDefinition(r -> r.overrideConfiguration(raw)))
                .path("taskDefinition");
    }

    private static Result<JsonNode> refused(JsonNode definition, EcsException e) {
        return Result.refused(
                Refusal.invalid(
                        Json.text(definition, "family"),
                        "ECS refuses the revision: " + e.awsErrorDetails().errorMessage(),
                        "correct the tag or the task definition"));
    }

    /** Makes a revision INACTIVE ({@code DeregisterTaskDefinition}). */
    public void deregisterTaskDefinition(String arn) {
        client.get().deregisterTaskDefinition(r -> r.taskDefinition(arn));
    }

    /**
     * A task with its tags ({@code DescribeTasks}). A stopped one is there for about an hour.
     *
     * @param cluster name or ARN
     * @param task id or ARN
     */
    public Optional<Task> task(String cluster, String task) {
        var request = Json.MAPPER.createObjectNode().put("cluster", cluster);
        request.putArray("tasks").add(task);
        request.putArray("include").add("TAGS");
        try {
            var answer =
                    RawJson.call(
                            request,
                            raw -> client.get().describeTasks(r -> r.overrideConfiguration(raw)));
            return Task.parse(answer.path("tasks").path(0));
        } catch (ClusterNotFoundException _) {
            return Optional.empty();
        } catch (InvalidParameterException _) {
            // What can be no task's id is none.
            return Optional.empty();
        }
    }

    /** Puts tags on a resource ({@code TagResource}). */
    public void tag(String arn, Map<String, String> tags) {
        client.get()
                .tagResource(r ->
                        r.resourceArn(arn)
                                .tags(
                                        tags.entrySet().stream()
                                                .map(tag ->
                                                        Tag.builder()
                                                                .key(tag.getKey())
                                                                .value(tag.getValue())
                                                                .build())
                                                .toList()));
    }

    /**
     * Puts tags where they can be put: not on a task that has stopped since, nor beside 50 others.
     * ECS tells it by the three errors below.
     */
    public void tagIfThere(String arn, Map<String, String> tags) {
        try {
            tag(arn, tags);
        } catch (InvalidParameterException
                | ResourceNotFoundException
                | LimitExceededException notTagged) {
            // What it would have told, the bus tells.
        }
    }

    /** The ARNs of a family's ACTIVE revisions, newest first ({@code ListTaskDefinitions}). */
    public Stream<String> activeRevisions(String family) {
        return client
                .get()
                .listTaskDefinitionsPaginator(r ->
                        r.familyPrefix(family)
                                .status(TaskDefinitionStatus.ACTIVE)
                                .sort(SortOrder.DESC))
                .taskDefinitionArns()
                .stream();
    }

    /** The service with this name or ARN; empty where it or its cluster is not there. */
    public Optional<Workload> workload(String cluster, String service) {
        try {
            return workloads(cluster, List.of(service)).stream().findFirst();
        } catch (ClusterNotFoundException _) {
            return Optional.empty();
        }
    }

    /** Every service of the account and region. */
    public List<Workload> workloads() {
        var clusters = client.get().listClustersPaginator(r -> {}).clusterArns().stream().toList();
        return clusters.stream().flatMap(this::workloads).toList();
    }

    private Stream<Workload> workloads(String cluster) {
        return serviceArns(cluster).flatMap(page -> workloads(cluster, page).stream());
    }

    private Stream<List<String>> serviceArns(String cluster) {
        var arns =
                client
                        .get()
                        .listServicesPaginator(r -> r.cluster(cluster).maxResults(100))
                        .serviceArns()
                        .stream()
                        .toList();
        return IntStream.iterate(0, from -> from < arns.size(), from -> from + MOST_DESCRIBED)
                .mapToObj(from -> arns.subList(from, Math.min(from + MOST_DESCRIBED, arns.size())));
    }

    private List<Workload> workloads(String cluster, List<String> services) {
        return client
                .get()
                .describeServices(
                        r -> r.cluster(cluster).services(services).include(ServiceField.TAGS))
                .services()
                .stream()
                .map(Ecs::workload)
                .toList();
    }

    /** Points a service at a revision ({@code UpdateService}): a new deployment begins. */
    public void move(Workload workload, String taskDefinition) {
        client.get()
                .updateService(r ->
                        r.cluster(workload.clusterArn())
                                .service(workload.arn())
                                .taskDefinition(taskDefinition));
    }

    private static Workload workload(software.amazon.awssdk.services.ecs.model.Service described) {
        var controller = described.deploymentController();
        return new Workload(
                described.serviceArn(),
                described.clusterArn(),
                described.status(),
                described.taskDefinition() == null ? "" : described.taskDefinition(),
                controller == null ? "ECS" : controller.typeAsString(),
                described.deployments().stream()
                        .filter(deployment ->
                                deployment.rolloutState() == DeploymentRolloutState.FAILED)
                        .map(Deployment::taskDefinition)
                        .toList(),
                described.tags().stream()
                        .collect(Collectors.toUnmodifiableMap(Tag::key, Tag::value)));
    }

    /** The EC2 instance behind a container instance and what its agent can do. */
    public Optional<ContainerInstance> containerInstance(String cluster, String arn) {
        return client
                .get()
                .describeContainerInstances(r -> r.cluster(cluster).containerInstances(arn))
                .containerInstances()
                .stream()
                .findFirst()
                .map(found ->
                        new ContainerInstance(
                                found.containerInstanceArn(),
                                Objects.requireNonNullElse(found.ec2InstanceId(), ""),
                                found.attributes().stream()
                                        .map(Attribute::name)
                                        .collect(Collectors.toUnmodifiableSet())));
    }

    /**
     * The tasks that are to run on a container instance: the first hundred; none where it or its
     * cluster is gone.
     */
    public List<Task> tasksOn(String cluster, String containerInstance) {
        try {
            return tasks(
                    cluster,
                    client.get()
                            .listTasks(r -> r.cluster(cluster).containerInstance(containerInstance))
                            .taskArns());
        } catch (ClusterNotFoundException _) {
            return List.of();
        } catch (InvalidParameterException _) {
            return List.of();
        }
    }

    /** The tasks of a family that are to run: the first hundred; empty without the cluster. */
    public Optional<List<Task>> tasksOf(String cluster, String family) {
        try {
            return Optional.of(
                    tasks(
                            cluster,
                            client.get()
                                    .listTasks(r -> r.cluster(cluster).family(family))
                                    .taskArns()));
        } catch (ClusterNotFoundException _) {
            return Optional.empty();
        }
    }

    /**
     * The service as {@code DescribeServices} has it; empty where it or its cluster is not there.
     */
    public Optional<JsonNode> service(String cluster, String service) {
        var request = Json.MAPPER.createObjectNode().put("cluster", cluster);
        request.putArray("services").add(service);
        try {
            var answer =
                    RawJson.call(
                            request,
                            raw ->
                                    client.get()
                                            .describeServices(r -> r.overrideConfiguration(raw)));
            return Json.list(answer, "services").stream().findFirst();
        } catch (ClusterNotFoundException _) {
            return Optional.empty();
        } catch (InvalidParameterException _) {
            return Optional.empty();
        }
    }

    /** The tasks of a service that stopped in about the last hour: at most a hundred. */
    public List<Task> stoppedTasks(String cluster, String service) {
        return tasks(
                cluster,
                client.get()
                        .listTasks(r ->
                                r.cluster(cluster).serviceName(service).desiredStatus("STOPPED"))
                        .taskArns());
    }

    /**
     * These tasks with their tags; those that ECS has forgotten are left out.
     *
     * @param arns at most {@link #MOST_TASKS}
     */
    public List<Task> tasks(String cluster, List<String> arns) {
        if (arns.isEmpty()) {
            return List.of();
        }
        var request = Json.MAPPER.createObjectNode().put("cluster", cluster);
        arns.forEach(request.putArray("tasks")::add);
        request.putArray("include").add("TAGS");
        var answer =
                RawJson.call(
                        request,
                        raw -> client.get().describeTasks(r -> r.overrideConfiguration(raw)));
        return Json.list(answer, "tasks").stream()
                .flatMap(task -> Task.parse(task).stream())
                .toList();
    }

    /**
     * Starts tasks ({@code RunTask}); the answer's {@code failures} must be read. A call with the
     * same {@code clientToken} and other parameters may have started them: then the answer names
     * those ({@code ConflictException.resourceIds}).
     *
     * @return {@code {"tasks": [{"taskArn": …}], "failures": […]}}
     */
    public JsonNode runTask(JsonNode request) {
        try {
            return RawJson.call(
                    request, raw -> client.get().runTask(r -> r.overrideConfiguration(raw)));
        } catch (ConflictException e) {
            var answer = Json.MAPPER.createObjectNode();
            var tasks = answer.putArray("tasks");
            e.resourceIds().forEach(arn -> tasks.addObject().put("taskArn", arn));
            if (tasks.isEmpty()) {
                throw e;
            }
            return answer;
        }
    }

    /**
     * Every task of a cluster with its tags, page by page.
     *
     * @param desiredStatus {@code RUNNING} for all that are not told to stop, or {@code STOPPED}
     *     for those of about the last hour
     * @param family of one family only; empty for all
     */
    public Stream<Task> tasks(String cluster, String desiredStatus, Optional<String> family) {
        return client
                .get()
                .listTasksPaginator(r ->
                        r.cluster(cluster).desiredStatus(desiredStatus).family(family.orElse(null)))
                .stream()
                .flatMap(page -> tasks(cluster, page.taskArns()).stream());
    }

    /**
     * The ARNs of a family's tasks, page by page ({@code ListTasks}).
     *
     * @param desiredStatus {@code RUNNING} for all that are not told to stop, or {@code STOPPED}
     *     for those of about the last hour
     */
    public Stream<String> taskArns(String cluster, String desiredStatus, String family) {
        return client
                .get()
                .listTasksPaginator(
                        r -> r.cluster(cluster).desiredStatus(desiredStatus).family(family))
                .taskArns()
                .stream();
    }

    /**
     * The ARNs of every task of a cluster, page by page; none where the cluster is gone.
     *
     * @param desiredStatus as above
     */
    public Stream<String> taskArns(String cluster, String desiredStatus) {
        try {
            return client
                    .get()
                    .listTasksPaginator(r -> r.cluster(cluster).desiredStatus(desiredStatus))
                    .taskArns()
                    .stream()
                    .toList()
                    .stream();
        } catch (ClusterNotFoundException _) {
            return Stream.empty();
        }
    }

    /** The ARNs of all ACTIVE revisions of all families, page by page. */
    public Stream<String> activeRevisions() {
        return client
                .get()
                .listTaskDefinitionsPaginator(r -> r.status(TaskDefinitionStatus.ACTIVE))
                .taskDefinitionArns()
                .stream();
    }

    /**
     * The ARNs of the revisions that services and tasks are on, of services also those of
     * deployments and task sets that are not over: revisions that may be INACTIVE.
     */
    public Set<String> revisionsInUse() {
        var found = new TreeSet<String>();
        for (var cluster : clusters()) {
            Stream.of("RUNNING", "STOPPED")
                    .flatMap(status -> tasks(cluster, status, Optional.empty()))
                    .map(Task::taskDefinitionArn)
                    .forEach(found::add);
            services(cluster)
                    .forEach(service -> {
                        found.add(Json.text(service, "taskDefinition"));
                        Stream.of("deployments", "taskSets")
                                .flatMap(list -> Json.list(service, list).stream())
                                .forEach(one -> found.add(Json.text(one, "taskDefinition")));
                    });
        }
        found.remove("");
        return found;
    }

    private Stream<JsonNode> services(String cluster) {
        return serviceArns(cluster)
                .flatMap(page -> {
                    var request = Json.MAPPER.createObjectNode().put("cluster", cluster);
                    page.forEach(request.putArray("services")::add);
                    var answer =
                            RawJson.call(
                                    request,
                                    raw ->
                                            client.get()
                                                    .describeServices(
                                                            r -> r.overrideConfiguration(raw)));
                    return Json.list(answer, "services").stream();
                });
    }

    /** The ARNs of the clusters. */
    public List<String> clusters() {
        return client.get().listClustersPaginator().clusterArns().stream().toList();
    }

    /** The families that have an ACTIVE revision. */
    public Stream<String> families() {
        return client
                .get()
                .listTaskDefinitionFamiliesPaginator(
                        r -> r.status(TaskDefinitionFamilyStatus.ACTIVE))
                .families()
                .stream();
    }

    /**
     * The tasks of a cluster that are to run, page by page until there are enough.
     *
     * @param most how many at most
     * @return empty where there is no such cluster
     */
    public Optional<List<Task>> runningTasks(String cluster, int most) {
        try {
            return Optional.of(tasks(cluster, "RUNNING", Optional.empty()).limit(most).toList());
        } catch (ClusterNotFoundException _) {
            return Optional.empty();
        } catch (InvalidParameterException _) {
            // What can be no cluster's name is none.
            return Optional.empty();
        }
    }

    /** The tasks of a service that are to run: the first hundred. */
    public List<Task> tasksOfService(String cluster, String service) {
        return tasks(
                cluster,
                client.get().listTasks(r -> r.cluster(cluster).serviceName(service)).taskArns());
    }

    /** Those of these tasks that are there: at most a hundred, by id or ARN. */
    public List<Task> described(String cluster, List<String> ids) {
        try {
            return tasks(cluster, ids);
        } catch (ClusterNotFoundException _) {
            return List.of();
        } catch (InvalidParameterException _) {
            return List.of();
        }
    }
}
