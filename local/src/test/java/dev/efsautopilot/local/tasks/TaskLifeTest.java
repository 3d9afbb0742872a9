package dev.efsautopilot.local.tasks;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.efsautopilot.local.call.FakeMiniStack;
import dev.efsautopilot.local.call.Json;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class TaskLifeTest {
    private static final String TASK = "arn:aws:ecs:eu-west-1:000000000000:task/prod/1";
    private static final LifecycleTimes TIMES =
            new LifecycleTimes(
                    Duration.ofMillis(5),
                    Duration.ofMillis(50),
                    Duration.ofMillis(5),
                    Duration.ZERO);
    private static final String EFS_VOLUME =
            """
            {"containerDefinitions":[{"name":"app","mountPoints":[{"sourceVolume":"data"}]}],
             "networkMode":"awsvpc",
             "volumes":[{"name":"data","efsVolumeConfiguration":{"fileSystemId":"fs-1"}}]}\
            """;

    private final FakeMiniStack ministack = new FakeMiniStack();
    private final BlockingQueue<ObjectNode> events = new LinkedBlockingQueue<>();
    private final Tasks tasks =
            new Tasks(
                    ministack.upstream(),
                    "eu-west-1",
                    "000000000000",
                    TIMES,
                    new ContainerInstances(ministack.upstream()),
                    events::add);

    @AfterEach
    void stop() {
        tasks.close();
        ministack.close();
    }

    @Test
    void a_task_runs_until_it_is_stopped_and_tells_each_state_with_a_growing_version()
            throws InterruptedException {
        begin("nginx", "{\"networkMode\":\"bridge\"}");
        var up = eventsUntil("RUNNING");

        new TaskControl(tasks).exit(TASK, 3);
        var down = eventsUntil("STOPPED");

        assertThat(statuses(up))
                .containsExactly("PROVISIONING", "PENDING", "ACTIVATING", "RUNNING");
        assertThat(statuses(down))
                .containsExactly("DEACTIVATING", "STOPPING", "DEPROVISIONING", "STOPPED");
        var versions = new ArrayList<Integer>();
        up.forEach(event -> versions.add(event.path("version").asInt()));
        down.forEach(event -> versions.add(event.path("version").asInt()));
        assertThat(versions).isSorted().doesNotHaveDuplicates();
        assertThat(down.getLast().at("/containers/0/exitCode").asInt()).isEqualTo(3);
        assertThat(down.getLast().path("stopCode").asText()).isEqualTo("EssentialContainerExited");
    }

    @Test
    void the_spot_warning_comes_while_the_task_still_runs() throws InterruptedException {
        begin("nginx", "{\"networkMode\":\"bridge\"}");
        eventsUntil("RUNNING");

        new TaskControl(tasks).spot(TASK, Duration.ofMillis(20));

        var warning = next();
        assertThat(warning.path("stopCode").asText()).isEqualTo("TerminationNotice");
        assertThat(warning.path("lastStatus").asText()).isEqualTo("RUNNING");
        assertThat(warning.path("desiredStatus").asText()).isEqualTo("STOPPED");
        var stopped = eventsUntil("STOPPED").getLast();
        assertThat(stopped.path("stopCode").asText()).isEqualTo("SpotInterruption");
        assertThat(stopped.path("stoppedReason").asText())
                .isEqualTo("Your Spot Task was interrupted.");
    }

    @Test
    void an_image_that_is_not_there_never_runs() throws InterruptedException {
        begin("registry/does-not-exist:1", "{\"networkMode\":\"bridge\"}");

        var life = eventsUntil("STOPPED");

        assertThat(statuses(life)).doesNotContain("ACTIVATING", "RUNNING", "STOPPING");
        assertThat(life.getLast().path("stopCode").asText()).isEqualTo("TaskFailedToStart");
        assertThat(life.getLast().path("stoppedReason").asText())
                .startsWith("CannotPullContainerError");
        assertThat(life.getLast().at("/containers/0").has("exitCode")).isFalse();
    }

    @Test
    void a_volume_that_can_t_be_mounted_stops_the_task_in_the_words_of_efs_utils()
            throws InterruptedException {
        ministack.on(
                "DescribeSubnets",
                _ ->
                        """
                        <R><subnetSet><item><vpcId>vpc-1</vpcId><cidrBlock>10.0.0.0/24</cidrBlock>
                        <availabilityZone>eu-west-1a</availabilityZone></item></subnetSet></R>\
                        """);
        begin("nginx", EFS_VOLUME);

        var life = eventsUntil("STOPPED");

        assertThat(life.get(1).at("/attachments/0/status").asText()).isEqualTo("ATTACHED");
        assertThat(life.getLast().at("/attachments/0/status").asText()).isEqualTo("DELETED");
        assertThat(life.getLast().path("stoppedReason").asText())
                .startsWith(
                        "ResourceInitializationError: failed to invoke EFS utils commands to set up"
                                + " EFS volumes: stderr: Failed to resolve"
                                + " \"fs-1.efs.eu-west-1.amazonaws.com\" - check")
                .endsWith(" : unsuccessful EFS utils command execution; code: 1");
        assertThat(tasks.interfaces().all()).isEmpty();
    }

    private void begin(String image, String taskDefinition) {
        tasks.begin(
                Json.parse(
                        """
                        {"taskArn":"%s","clusterArn":"arn:aws:ecs:eu-west-1:000000000000:cluster/prod",
                         "launchType":"FARGATE","containers":[{"name":"app","image":"%s"}]}\
                        """
                                .formatted(TASK, image)),
                Json.parse(taskDefinition),
                Json.parse(
                        "{\"awsvpcConfiguration\":{\"subnets\":[\"subnet-1\"],\"securityGroups\":[\"sg-1\"]}}"));
    }

    private List<ObjectNode> eventsUntil(String status) throws InterruptedException {
        var seen = new ArrayList<ObjectNode>();
        do {
            seen.add(next());
        } while (!seen.getLast().path("lastStatus").asText().equals(status));
        return seen;
    }

    private ObjectNode next() throws InterruptedException {
        var event = events.poll(10, TimeUnit.SECONDS);
        assertThat(event).as("the next event").isNotNull();
        return event;
    }

    /** Each status once: entering DEACTIVATING before RUNNING tells the same status again. */
    private static List<String> statuses(List<? extends JsonNode> events) {
        return events.stream().map(event -> event.path("lastStatus").asText()).distinct().toList();
    }
}
