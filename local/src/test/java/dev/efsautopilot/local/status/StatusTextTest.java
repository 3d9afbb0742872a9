package dev.efsautopilot.local.status;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.efsautopilot.json.Json;
import dev.efsautopilot.local.status.Storage.Use;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class StatusTextTest {

    @Test
    void users_stand_below_their_file_system_and_doings_in_the_order_of_time() throws Exception {
        var storage =
                new Storage(
                        "fs-1",
                        "data",
                        "/",
                        List.of(
                                new Use(
                                        "fsap-1",
                                        "/web/data",
                                        "web:2",
                                        "data",
                                        "prod",
                                        3,
                                        List.of("web")),
                                new Use("", "/", "old:1", "all", "prod", 1, List.of())));
        var did =
                Doings.of(
                        List.of("volumes", "task-rerun", "gone"),
                        function ->
                                switch (function) {
                                    case "volumes" -> Optional.of(List.of(refused()));
                                    case "task-rerun" -> Optional.of(List.of(rerun()));
                                    default -> Optional.empty();
                                });

        assertThat(StatusText.of(List.of(storage), did, "s-1", 24))
                .isEqualTo(
                        """
                        Storage in use
                          fs-1 "data", allows /
                            fsap-1                 /web/data                web:2 volume data: service web with 3 tasks in prod
                            no access point        /                        old:1 volume all: 1 task in prod

                        The last 24 hours of s-1
                          1 done, 1 refused, 0 failed
                          2026-03-14T09:27Z task-rerun    done    task/prod/1: RunAgain, Spot took its host back
                          2026-03-14T09:29Z volumes       refused web:3: uid: is no number; write digits
                        """);
    }

    @Test
    void no_storage_and_no_stack_are_told() {
        assertThat(StatusText.of(List.of(), Optional.empty(), "s-1", 2))
                .contains(
                        "no running task",
                        "The last 2 hours of s-1",
                        "there is no such stack here");
    }

    @Test
    void without_any_function_there_is_no_stack() {
        assertThat(Doings.of(List.of("volumes"), _ -> Optional.empty())).isEmpty();
    }

    private static JsonNode refused() {
        return line(
                """
                {"timestamp":"2026-03-14T09:29:01Z","stack":"s-1","function":"s-1-volumes","outcome":"refused",
                 "subject":"web:3","why":"uid: is no number; write digits"}\
                """);
    }

    private static JsonNode rerun() {
        return line(
                """
                {"timestamp":"2026-03-14T09:27:01Z","stack":"s-1","function":"s-1-task-rerun","outcome":"done",
                 "subject":"arn:aws:ecs:eu-west-1:123456789012:task/prod/1",
                 "steps":[{"step":"RunAgain","why":"Spot took its host back"}]}\
                """);
    }

    private static JsonNode line(String json) {
        try {
            return Json.MAPPER.readTree(json);
        } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
            throw new IllegalArgumentException(json, e);
        }
    }
}
