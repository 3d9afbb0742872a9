package dev.efsautopilot.rerun;

import dev.efsautopilot.rerun.Verdict.Abandon;
import dev.efsautopilot.stop.StopCause;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The events about re-runs. */
final class Told {

    static final String RERUN = "Stateful Task Re-run";
    static final String RECOVERED = "Stateful Task Recovered";
    static final String ABANDONED = "Stateful Task Abandoned";

    private Told() {}

    static Map<String, ?> rerun(Attempt attempt, String newTask) {
        return Map.of(
                "task", attempt.after(),
                "newTask", newTask,
                "cause", attempt.cause().word(),
                "attempt", attempt.number());
    }

    static Map<String, ?> recovered(String task, Lineage lineage) {
        return Map.of("task", task, "root", lineage.root(), "attempts", lineage.attempts().size());
    }

    static Map<String, ?> abandoned(
            String task, StopCause cause, Lineage lineage, Abandon abandon) {
        return Map.of(
                "task", task,
                "root", lineage.root(),
                "cause", cause.word(),
                "reason", abandon.why(),
                "remedy", abandon.remedy(),
                "history", history(lineage));
    }

    static List<Map<String, Object>> history(Lineage lineage) {
        return lineage.attempts().stream()
                .map(attempt -> {
                    var entry = new LinkedHashMap<String, Object>();
                    entry.put("attempt", attempt.number());
                    entry.put("after", attempt.after());
                    entry.put("cause", attempt.cause().word());
                    entry.put("ranSeconds", attempt.ran().toSeconds());
                    attempt.task().ifPresent(task -> entry.put("task", task));
                    attempt.dropped().ifPresent(why -> entry.put("dropped", why));
                    return (Map<String, Object>) entry;
                })
                .toList();
    }
}
