package dev.efsautopilot.rerun;

import dev.efsautopilot.task.Task;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.stream.Stream;

/**
 * What lives of a family, asked of ECS at most once in a few seconds, and no more than the first
 * thousand: when thousands of tasks of a family stop at once, each of them looking at all the
 * others would be millions of calls. Whoever runs more than a thousand copies does not start one by
 * hand.
 */
final class LiveTasks {

    private static final Duration FRESH = Duration.ofSeconds(5);
    private static final int MOST = 1000;

    private record Seen(Instant at, List<Task> tasks) {}

    private final BiFunction<String, String, Stream<Task>> list;
    private final InstantSource clock;
    private final Map<String, Seen> seen = new HashMap<>();

    /**
     * Remembers for one warm function.
     *
     * @param list the tasks of a cluster and a family, page by page
     */
    LiveTasks(BiFunction<String, String, Stream<Task>> list, InstantSource clock) {
        this.list = list;
        this.clock = clock;
    }

    /** The tasks of a family as they were a few seconds ago at the earliest. */
    synchronized List<Task> of(String cluster, String family) {
        var now = clock.instant();
        seen.values().removeIf(old -> !now.isBefore(old.at().plus(FRESH)));
        return seen.computeIfAbsent(
                        cluster + " " + family,
                        _ -> new Seen(now, list.apply(cluster, family).limit(MOST).toList()))
                .tasks();
    }
}
