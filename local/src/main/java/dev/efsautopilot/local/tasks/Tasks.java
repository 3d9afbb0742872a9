package dev.efsautopilot.local.tasks;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.efsautopilot.local.call.Background;
import dev.efsautopilot.local.call.Json;
import dev.efsautopilot.local.call.Upstream;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.Consumer;
import java.util.function.Predicate;

/** Every task of the embedded AWS, alive or stopped. */
public final class Tasks implements AutoCloseable {
    private final Upstream upstream;
    private final String region;
    private final String account;
    private final LifecycleTimes times;
    private final ContainerInstances instances;
    private final Consumer<ObjectNode> events;
    private final Directories directories = new Directories();
    private final LifeCycles lifeCycles = new LifeCycles();
    private final MountFactsReader mountFacts;
    private final NetworkInterfaces interfaces;
    private final Map<String, EcsTask> tasks = new ConcurrentSkipListMap<>();
    private final Map<String, TaskMounts> mounts = new ConcurrentHashMap<>();
    private final Background background = new Background();

    /**
     * @param events gets the detail of each {@code ECS Task State Change}, in order for each task
     */
    public Tasks(
            Upstream upstream,
            String region,
            String account,
            LifecycleTimes times,
            ContainerInstances instances,
            Consumer<ObjectNode> events) {
        this.upstream = upstream;
        this.region = region;
        this.account = account;
        this.times = times;
        this.instances = instances;
        this.events = events;
        this.mountFacts = new MountFactsReader(upstream, region, directories, lifeCycles);
        this.interfaces = new NetworkInterfaces(upstream);
    }

    /** The network interfaces of the tasks that live. */
    public NetworkInterfaces interfaces() {
        return interfaces;
    }

    /** What of EFS is not available yet. */
    public LifeCycles lifeCycles() {
        return lifeCycles;
    }

    /**
     * Begins the life of a task that MiniStack made.
     *
     * @param made the task as MiniStack describes it
     * @param taskDefinition its revision
     * @param network the {@code networkConfiguration} it was launched with, if any
     * @return its document, PROVISIONING
     */
    public ObjectNode begin(JsonNode made, JsonNode taskDefinition, JsonNode network) {
        var launch = Launch.of(upstream, instances, made, taskDefinition, network);
        var document =
                TaskDocument.provisioning(made, launch.zone().orElse(region + "a"), Instant.now());
        launch.subnet()
                .ifPresent(it ->
                        TaskDocument.precreateAttachment(
                                document, UUID.randomUUID().toString(), it));
        launch.instance()
                .ifPresent(it ->
                        document.set("containerInstanceArn", it.path("containerInstanceArn")));
        return start(new EcsTask(document, launch));
    }

    /** A task by its ARN, or by its id within a cluster. */
    public Optional<ObjectNode> find(String cluster, String reference) {
        return task(reference)
                .filter(task -> cluster.isEmpty() || clusterName(task).equals(cluster))
                .map(EcsTask::snapshot);
    }

    /** All of them, in the order of their ARNs. */
    public List<ObjectNode> all() {
        return tasks.values().stream().map(EcsTask::snapshot).toList();
    }

    /** The ARNs of those that fit, in order; the predicate must not keep or change what it sees. */
    public List<String> arns(Predicate<JsonNode> wanted) {
        return tasks.values().stream().filter(task -> task.is(wanted)).map(EcsTask::arn).toList();
    }

    /** What the containers of a task see on EFS, as {@code data on fsap-…}. */
    public List<String> mounted(String reference) {
        return task(reference)
                .flatMap(task -> Optional.ofNullable(mounts.get(task.arn())))
                .map(TaskMounts::seen)
                .orElse(List.of());
    }

    /**
     * Stops a task; one that is stopping already keeps its first reason.
     *
     * @return its document, with {@code desiredStatus} STOPPED; empty where there is no such task
     */
    public Optional<ObjectNode> stop(String reference, Stop stop) {
        return task(reference)
                .map(task -> {
                    task.requestStop(stop);
                    return task.snapshot();
                });
    }

    /** Marks a running task as about to stop, as the two-minute warning of Fargate Spot does. */
    void warn(EcsTask task, Stop stop) {
        publish(
                task.change(document ->
                        document.put("desiredStatus", "STOPPED")
                                .put("stopCode", "TerminationNotice")
                                .put("stoppedReason", stop.reason())
                                .put("stoppingAt", TaskDocument.time(Instant.now()))));
    }

    /** What tasks wait for ends with them. */
    Background background() {
        return background;
    }

    Optional<EcsTask> task(String reference) {
        return reference.startsWith("arn:")
                ? Optional.ofNullable(tasks.get(reference))
                : tasks.values().stream().filter(task -> task.id().equals(reference)).findFirst();
    }

    @Override
    public void close() {
        background.close();
    }

    private ObjectNode start(EcsTask task) {
        var network = new TaskNetwork(interfaces, task.launch(), region, account);
        var itsMounts = new TaskMounts(task, network, mountFacts, directories);
        var life = new TaskLife(task, times, network, itsMounts, this::publish);
        tasks.put(task.arn(), task);
        mounts.put(task.arn(), itsMounts);
        var document = task.snapshot();
        background.start(
                "task-" + task.id(),
                () -> {
                    life.run();
                    release(task);
                });
        return document;
    }

    /** Tells MiniStack, whose scheduler counts its own copy of the task. */
    private void release(EcsTask task) {
        upstream.ecs(
                "StopTask",
                Json.object()
                        .put("cluster", task.text("clusterArn"))
                        .put("task", task.arn())
                        .put("reason", task.text("stoppedReason")));
    }

    private void publish(ObjectNode document) {
        events.accept(TaskEvent.detail(document, Instant.now()));
    }

    private static String clusterName(EcsTask task) {
        var arn = task.text("clusterArn");
        return arn.substring(arn.lastIndexOf('/') + 1);
    }
}
