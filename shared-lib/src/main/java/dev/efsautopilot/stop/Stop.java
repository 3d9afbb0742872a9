package dev.efsautopilot.stop;

import com.fasterxml.jackson.databind.JsonNode;
import dev.efsautopilot.json.Json;
import dev.efsautopilot.task.Task;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What AWS said about a task that stopped. Every text may be "".
 *
 * @param stopCode the API's {@code TaskStopCode}, or a value that it gets later
 * @param stoppedReason AWS's words, or a user's words where somebody stopped the task
 * @param containers its containers
 */
public record Stop(String stopCode, String stoppedReason, List<Container> containers) {

    /**
     * One container of a stopped task.
     *
     * @param name its name
     * @param essential whether its end is the task's end; true where that is not known
     * @param exitCode empty where it never started
     * @param reason the agent's words about it
     */
    public record Container(String name, boolean essential, OptionalInt exitCode, String reason) {}

    /**
     * The stop of a task. Tasks do not say which container is essential, their definition does.
     *
     * @param taskDefinition {@code taskDefinition} as it is described; a missing node where it is
     *     not known, and then every container counts as essential
     */
    public static Stop of(Task task, JsonNode taskDefinition) {
        var inessential = inessential(taskDefinition);
        return new Stop(
                task.stopCode(),
                task.stoppedReason(),
                task.containers().stream()
                        .map(container ->
                                new Container(
                                        container.name(),
                                        !inessential.contains(container.name()),
                                        container.exitCode(),
                                        container.reason()))
                        .toList());
    }

    /**
     * The stop in a JSON document with the fields of {@code DescribeTasks}, any of them missing;
     * {@code essential} of a container is taken from there too.
     */
    public static Stop parse(JsonNode json) {
        return new Stop(
                Json.text(json, "stopCode"),
                Json.text(json, "stoppedReason"),
                Json.list(json, "containers").stream().map(Stop::container).toList());
    }

    private static Container container(JsonNode json) {
        var code = json.path("exitCode");
        return new Container(
                Json.text(json, "name"),
                json.path("essential").asBoolean(true),
                code.isInt() ? OptionalInt.of(code.intValue()) : OptionalInt.empty(),
                Json.text(json, "reason"));
    }

    private static Set<String> inessential(JsonNode taskDefinition) {
        var names = new HashSet<String>();
        for (var container : Json.list(taskDefinition, "containerDefinitions")) {
            // The API's default is true.
            if (!container.path("essential").asBoolean(true)) {
                names.add(Json.text(container, "name"));
            }
        }
        return names;
    }

    /** Why it stopped. */
    public StopCause cause() {
        return StopTable.cause(this);
    }

    /** The exit codes of its essential containers. */
    public Set<Integer> exitCodes() {
        return containers.stream()
                .filter(Container::essential)
                .flatMap(container -> container.exitCode().stream().boxed())
                .collect(Collectors.toSet());
    }

    /** All that AWS said in words. */
    String words() {
        return Stream.concat(Stream.of(stoppedReason), containers.stream().map(Container::reason))
                .filter(text -> !text.isBlank())
                .collect(Collectors.joining("\n"));
    }
}
