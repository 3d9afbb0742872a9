package dev.efsautopilot.local.it;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.efsautopilot.json.Json;
import dev.efsautopilot.local.gateway.RecordedCall;
import dev.efsautopilot.local.stack.LocalAws;
import dev.efsautopilot.local.user.Await;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;

/** What the bus carried, what task-rerun said of it, and what it called. */
final class RerunWitness {

    private static final Duration SOON = Duration.ofSeconds(30);

    /** An event of AWS. */
    record Event(String detailType, JsonNode detail) {}

    private final LocalAws aws;
    private final List<Event> events = new CopyOnWriteArrayList<>();
    private final List<JsonNode> outcomes = new CopyOnWriteArrayList<>();

    RerunWitness(LocalAws aws) {
        this.aws = aws;
        aws.gateway().events().addListener((type, detail) -> events.add(new Event(type, detail)));
        aws.functionLogs()
                .listen((function, line) -> {
                    if (function.endsWith("-task-rerun")) {
                        heard(line);
                    }
                });
    }

    private void heard(String line) {
        try {
            var told = Json.MAPPER.readTree(line);
            if (told.has("outcome")) {
                outcomes.add(told);
            }
        } catch (JsonProcessingException _) {
            // A line of the runtime is no JSON.
        }
    }

    /** Events that fit, in the order in which AWS sent them. */
    List<Event> events(Predicate<Event> wanted) {
        return events.stream().filter(wanted).toList();
    }

    /** The states that a task went through. */
    List<Event> statesOf(String task) {
        return events(event -> Json.text(event.detail(), "taskArn").equals(task));
    }

    /** How often task-rerun has told of a task. */
    long told(String task) {
        return outcomes(task).size();
    }

    /** Waits until task-rerun has told of a task, and gives the last that it said. */
    JsonNode awaitOutcome(String task) {
        Await.untilTrue("task-rerun to tell of " + task, SOON, () -> told(task) > 0);
        return outcomes(task).getLast();
    }

    private List<JsonNode> outcomes(String task) {
        return outcomes.stream().filter(told -> Json.text(told, "subject").equals(task)).toList();
    }

    /** The calls of task-rerun of one operation whose parameters have this text in them. */
    List<RecordedCall> calls(String operation, String text) {
        return new ArrayList<>(aws.gateway().calls().by("task-rerun"))
                .stream()
                        .filter(call -> call.operation().equals(operation))
                        .filter(call -> call.parameters().toString().contains(text))
                        .toList();
    }

    /** Waits for an event of ours about a task. */
    JsonNode awaitTold(String detailType, String task) {
        return Await.until(
                        detailType + " of " + task,
                        SOON,
                        () ->
                                calls("PutEvents", task).stream()
                                        .filter(call ->
                                                call.parameters().toString().contains(detailType))
                                        .findFirst())
                .parameters();
    }
}
