package dev.efsautopilot.local.tasks;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.efsautopilot.local.call.Json;
import dev.efsautopilot.local.call.Upstream;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The tasks that MiniStack's service scheduler makes and stops, brought to life here.
 *
 * <p>"If one of your tasks fails or stops, the Amazon ECS service scheduler launches another
 * instance of your task definition to replace it." (Amazon ECS Developer Guide, Services)
 */
public final class ServiceTasks {
    private static final String GROUP = "service:";

    private final Tasks tasks;
    private final Upstream upstream;
    private final Duration replacement;
    private final ReentrantLock oneAtATime = new ReentrantLock();

    public ServiceTasks(Tasks tasks, Upstream upstream, Duration replacement) {
        this.tasks = tasks;
        this.upstream = upstream;
        this.replacement = replacement;
    }

    /** Follows what MiniStack's scheduler decided: begins its new tasks, stops those it stopped. */
    public void follow(String cluster, String service) {
        oneAtATime.lock();
        try {
            var wanted = wanted(cluster, service);
            var document = service(cluster, service);
            for (var task : described(cluster, wanted)) {
                if (tasks.find("", text(task, "taskArn")).isEmpty()) {
                    begin(task, document);
                }
            }
            alive(cluster, service)
                    .filter(task -> !wanted.contains(text(task, "taskArn")))
                    .forEach(this::stop);
        } finally {
            oneAtATime.unlock();
        }
    }

    /** Lets the scheduler replace a task of a service that has stopped; nothing for other tasks. */
    public void replace(JsonNode stopped) {
        var group = text(stopped, "group");
        if (!group.startsWith(GROUP)) {
            return;
        }
        var cluster = text(stopped, "clusterArn");
        var service = group.substring(GROUP.length());
        tasks.background()
                .start(
                        "replace-" + service,
                        () -> {
                            Thread.sleep(replacement);
                            reconcile(stopped, cluster, service);
                        });
    }

    /** The tasks of a service that live, by their last status. */
    public long count(String cluster, String service, String deployment, boolean running) {
        return alive(cluster, service)
                .filter(task -> deployment.isEmpty() || text(task, "startedBy").equals(deployment))
                .filter(task -> text(task, "lastStatus").equals("RUNNING") == running)
                .count();
    }

    private void reconcile(JsonNode stopped, String cluster, String service) {
        var stop = Json.object().put("cluster", cluster).put("task", text(stopped, "taskArn"));
        upstream.ecs("StopTask", stop);
        // An update that changes nothing makes MiniStack look at the number of tasks.
        var update = Json.object().put("cluster", cluster).put("service", service);
        if (upstream.ecs("UpdateService", update).ok()) {
            follow(cluster, service);
        }
    }

    private void begin(JsonNode task, JsonNode service) {
        var taskDefinition =
                upstream.ecs(
                                "DescribeTaskDefinition",
                                Json.object()
                                        .put("taskDefinition", text(task, "taskDefinitionArn")))
                        .document()
                        .path("taskDefinition");
        var made = Json.copy(task).put("startedBy", primary(service));
        tasks.begin(made, taskDefinition, service.path("networkConfiguration"));
    }

    private void stop(ObjectNode task) {
        var reason =
                "Scaling activity initiated by (deployment %s)".formatted(text(task, "startedBy"));
        tasks.stop(
                text(task, "taskArn"),
                new Stop("ServiceSchedulerInitiated", reason, Stop.TERMINATED));
    }

    private Stream<ObjectNode> alive(String cluster, String service) {
        var name = cluster.replaceAll(".*/", "");
        return tasks.all().stream()
                .filter(task -> text(task, "group").equals(GROUP + service))
                .filter(task -> text(task, "clusterArn").endsWith("/" + name))
                .filter(task -> text(task, "desiredStatus").equals("RUNNING"));
    }

    private Set<String> wanted(String cluster, String service) {
        var list = Json.object().put("cluster", cluster).put("serviceName", service);
        return Json.strings(upstream.ecs("ListTasks", list).document().path("taskArns"))
                .collect(Collectors.toSet());
    }

    private JsonNode described(String cluster, Set<String> arns) {
        var describe = Json.object().put("cluster", cluster);
        describe.set("tasks", Json.array(arns));
        return upstream.ecs("DescribeTasks", describe).document().path("tasks");
    }

    private JsonNode service(String cluster, String service) {
        var describe = Json.object().put("cluster", cluster);
        describe.putArray("services").add(service);
        return upstream.ecs("DescribeServices", describe).document().at("/services/0");
    }

    private static String primary(JsonNode service) {
        return service.path("deployments")
                .valueStream()
                .filter(it -> text(it, "status").equals("PRIMARY"))
                .map(it -> text(it, "id"))
                .findFirst()
                .orElse("ecs-svc/0");
    }

    private static String text(JsonNode node, String member) {
        return node.path(member).asText();
    }
}
