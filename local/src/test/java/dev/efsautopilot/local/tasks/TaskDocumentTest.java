package dev.efsautopilot.local.tasks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.efsautopilot.local.call.Json;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TaskDocumentTest {
    private static final Instant NOW = Instant.parse("2026-11-23T10:00:00.500Z");

    @Test
    void a_new_task_has_what_ecs_says_and_no_empty_strings() {
        var task =
                TaskDocument.provisioning(
                        Json.parse(
                                """
                                {"taskArn":"t","launchType":"FARGATE","startedBy":"","stopCode":"",
                                 "group":"family:web","containers":[{"name":"app","runtimeId":"x",
                                 "lastStatus":"RUNNING"}]}\
                                """),
                        "eu-west-1b",
                        NOW);

        assertThat(task.has("startedBy")).isFalse();
        assertThat(task.has("stopCode")).isFalse();
        assertThat(task.path("lastStatus").asText()).isEqualTo("PROVISIONING");
        assertThat(task.path("version").asInt()).isEqualTo(1);
        assertThat(task.at("/containers/0/lastStatus").asText()).isEqualTo("PENDING");
        assertThat(task.at("/overrides/containerOverrides/0/name").asText()).isEqualTo("app");
    }

    @Test
    void an_event_has_its_times_as_text_and_no_tags() {
        var task = Json.object().put("createdAt", TaskDocument.time(NOW)).put("version", 3);
        task.putArray("tags");

        var detail = TaskEvent.detail(task, NOW);

        assertThat(detail.path("createdAt").asText()).isEqualTo("2026-11-23T10:00:00.500Z");
        assertThat(detail.has("tags")).isFalse();
        assertThat(detail.path("version").asInt()).isEqualTo(3);
    }

    @Test
    void only_the_first_wish_to_stop_counts() {
        var task =
                new EcsTask(
                        Json.object().put("lastStatus", "RUNNING"),
                        new Launch(
                                Json.object(),
                                Optional.empty(),
                                List.of(),
                                Optional.empty(),
                                Optional.empty()));

        assertThat(task.requestStop(new Stop("SpotInterruption", "spot", Map.of()))).isTrue();
        assertThat(task.requestStop(new Stop("UserInitiated", "user", Map.of()))).isFalse();
        assertThat(task.text("stopCode")).isEqualTo("SpotInterruption");
        assertThat(task.text("desiredStatus")).isEqualTo("STOPPED");
    }

    @Test
    void only_volumes_that_a_container_mounts_are_mounted() {
        var volumes =
                Volumes.mounted(
                        Json.parse(
                                """
                                {"volumes":[
                                  {"name":"a","efsVolumeConfiguration":{"fileSystemId":"fs-1"}},
                                  {"name":"b","efsVolumeConfiguration":{"fileSystemId":"fs-2"}},
                                  {"name":"c"}],
                                 "containerDefinitions":[{"mountPoints":[
                                  {"sourceVolume":"a"},{"sourceVolume":"c"}]}]}\
                                """));

        assertThat(volumes).extracting(MountFacts.EfsVolume::fileSystemId).containsExactly("fs-1");
    }

    @Test
    void a_range_holds_its_addresses_and_gives_them_out() {
        var range = Cidr.parse("172.31.16.0/20");

        assertThat(range.contains("172.31.31.255")).isTrue();
        assertThat(range.contains("172.31.32.0")).isFalse();
        assertThat(range.address(260)).isEqualTo("172.31.17.4");
        assertThat(Cidr.parse("0.0.0.0/0").contains("255.1.2.3")).isTrue();
    }
}
