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

    private static final int LONGEST_TAG = 256;

    private Told() {}

    /**
     * How it ended, with its history, in the letters and the length that a tag takes: the newest
     * attempts first.
     */
    static String tag(String what, Lineage lineage) {
        var words = new StringBuilder(what);
        for (var attempt : lineage.attempts().reversed()) {
            var next =
                    " - re-run %d after %s %ds"
                            .formatted(
                                    attempt.number(),
                                    attempt.cause().word(),
                                    attempt.ran().toSeconds());
            if (words.length() + next.length() > LONGEST_TAG) {
                break;
            }
            words.append(next);
        }
        return words.toString();
    }

    static Map<String, ?> about(StopCause cause, Lineage lineage) {
        return Map.of(
                "cause", cause.word(),
                "class", cause.stopClass().word(),
                "history", history(lineage));
    }

    /**
     * A re-run.
     *
     * @param differs in what it is, or may be, launched otherwise than at first; told only where
     *     there is any
     */
    static Map<String, ?> rerun(Attempt attempt, String newTask, List<String> differs) {
        var told = new LinkedHashMap<String, Object>();
        told.put("task", attempt.after());
        told.put("newTask", newTask);
        told.put("cause", attempt.cause().word());
        told.put("attempt", attempt.number());
        if (!differs.isEmpty()) {
            told.put("differs", String.join("; ", differs));
        }
        return told;
    }

    static Map<String, ?> recovered(String task, Lineage lineage) {
        return Map.of(
                "task", task,
                "root", lineage.root(),
                "attempts", lineage.attempts().size(),
                "history", history(lineage));
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
