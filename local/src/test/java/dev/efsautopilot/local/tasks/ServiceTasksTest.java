package dev.efsautopilot.local.tasks;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.efsautopilot.local.call.FakeMiniStack;
import dev.efsautopilot.local.call.Json;
import dev.efsautopilot.local.user.Await;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ServiceTasksTest {
    private static final String CLUSTER = "arn:aws:ecs:eu-west-1:000000000000:cluster/prod";
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final FakeMiniStack ministack = new FakeMiniStack();
    private final List<String> scheduled = new CopyOnWriteArrayList<>();
    private final List<ObjectNode> events = new CopyOnWriteArrayList<>();
    private final Tasks tasks =
            new Tasks(
                    ministack.upstream(),
                    "eu-west-1",
                    "000000000000",
                    new LifecycleTimes(
                            Duration.ofMillis(5),
                            Duration.ofMillis(5),
                            Duration.ofMillis(5),
                            Duration.ZERO),
                    new ContainerInstances(ministack.upstream()),
                    events::add);
    private final ServiceTasks services =
            new ServiceTasks(tasks, ministack.upstream(), Duration.ofMillis(5));

    @BeforeEach
    void a_scheduler_that_wants_two_tasks() {
        scheduled.addAll(List.of(arn(1), arn(2)));
        ministack.on("ListTasks", _ -> Json.object().set("taskArns", arns()).toString());
        ministack.on(
                "DescribeTasks",
                request -> {
                    var answer = Json.object();
                    var found = answer.putArray("tasks");
                    Json.strings(request.path("tasks"))
                            .forEach(arn ->
                                    found.addObject()
                                            .put("taskArn", arn)
                                            .put("clusterArn", CLUSTER)
                                            .put("launchType", "FARGATE")
                                            .put("group", "service:web")
                                            .putArray("containers"));
                    return answer.toString();
                });
        ministack.on(
                "DescribeServices",
                _ ->
                        "{\"services\":[{\"deployments\":[{\"id\":\"ecs-svc/7\",\"status\":\"PRIMARY\"}]}]}");
    }

    @AfterEach
    void stop() {
        tasks.close();
        ministack.close();
    }

    @Test
    void the_tasks_of_the_scheduler_come_to_life_once_and_are_counted() {
        services.follow(CLUSTER, "web");
        services.follow(CLUSTER, "web");

        Await.untilTrue("both run", PATIENCE, () -> running() == 2);
        assertThat(tasks.all())
                .hasSize(2)
                .allMatch(task -> task.path("startedBy").asText().equals("ecs-svc/7"));
        assertThat(services.count(CLUSTER, "web", "ecs-svc/7", true)).isEqualTo(2);
        assertThat(services.count(CLUSTER, "web", "ecs-svc/8", true)).isZero();
        assertThat(services.count(CLUSTER, "api", "", true)).isZero();
    }

    @Test
    void a_task_that_the_scheduler_no_longer_wants_is_stopped_by_it() {
        services.follow(CLUSTER, "web");
        Await.untilTrue("both run", PATIENCE, () -> running() == 2);

        scheduled.remove(arn(2));
        services.follow(CLUSTER, "web");

        Await.untilTrue("one is left", PATIENCE, () -> running() == 1);
        var gone = tasks.find("prod", arn(2)).orElseThrow();
        assertThat(gone.path("stopCode").asText()).isEqualTo("ServiceSchedulerInitiated");
        assertThat(gone.path("stoppedReason").asText())
                .isEqualTo("Scaling activity initiated by (deployment ecs-svc/7)");
    }

    @Test
    void a_stopped_task_is_replaced() {
        services.follow(CLUSTER, "web");
        Await.untilTrue("both run", PATIENCE, () -> running() == 2);
        ministack.on(
                "UpdateService",
                _ -> {
                    scheduled.remove(arn(1));
                    scheduled.add(arn(3));
                    return "{}";
                });

        new TaskControl(tasks).exit(arn(1), 1);
        Await.untilTrue("it stopped", PATIENCE, () -> last(arn(1)).equals("STOPPED"));
        services.replace(tasks.find("prod", arn(1)).orElseThrow());

        Await.untilTrue("the next one runs", PATIENCE, () -> last(arn(3)).equals("RUNNING"));
    }

    @Test
    void a_standalone_task_is_not_replaced() {
        services.replace(Json.object().put("group", "family:web").put("clusterArn", CLUSTER));

        assertThat(Await.stays(Duration.ofMillis(200), () -> updates() == 0)).isTrue();
    }

    private int updates() {
        return ministack.asked("UpdateService").size();
    }

    private long running() {
        return services.count(CLUSTER, "web", "", true);
    }

    private String last(String arn) {
        return tasks.find("prod", arn).map(task -> task.path("lastStatus").asText()).orElse("");
    }

    private ArrayNode arns() {
        return Json.array(scheduled);
    }

    private static String arn(int number) {
        return "arn:aws:ecs:eu-west-1:000000000000:task/prod/" + number;
    }
}
