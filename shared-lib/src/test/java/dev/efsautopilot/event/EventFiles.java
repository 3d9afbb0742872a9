package dev.efsautopilot.event;

import com.fasterxml.jackson.databind.JsonNode;
import dev.efsautopilot.json.Json;
import dev.efsautopilot.task.Task;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The events of {@code events/}, as fixtures. */
public final class EventFiles {

    static final Path FOLDER = Path.of("../events");

    private EventFiles() {}

    /** One event by its file's name, with or without {@code .json}. */
    public static JsonNode read(String name) {
        var file = FOLDER.resolve(name.endsWith(".json") ? name : name + ".json");
        try {
            return Json.MAPPER.readTree(Files.readAllBytes(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The task of a task event. */
    public static Task task(String name) {
        return Task.parse(read(name).path("detail")).orElseThrow();
    }

    /** The call of an event that CloudTrail wrote. */
    public static ApiCall call(String name) {
        return switch (Triggers.parse(read(name))) {
            case Trigger.ApiCalled(var call) -> call;
            case Trigger other -> throw new AssertionError(name + " is " + other);
        };
    }

    /** The names of all of them. */
    static List<String> names() {
        try (var files = Files.list(FOLDER)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".json"))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
