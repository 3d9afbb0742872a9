package dev.efsautopilot.rerun;

import dev.efsautopilot.task.Task;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * The tasks of a family, all of them. When thousands of tasks of a family stop at once, each of
 * them looks at all the others: so at most ten pages of a hundred are listed in a second, looking
 * takes at most a tenth of the time, and a task is described once. Whoever has up to a hundred
 * tasks of a family sees them as they are now.
 */
final class Peers {

    /** What ListTasks and DescribeTasks take at once. */
    private static final int PAGE = 100;

    private static final Duration FRESH_FOR_A_PAGE = Duration.ofMillis(100);
    private static final int FRESH_FOR_ITS_TIME = 10;
    private static final Duration REMEMBERED = Duration.ofMinutes(5);

    /**
     * Which tasks.
     *
     * @param cluster name or ARN
     * @param desiredStatus {@code RUNNING} for all that are not told to stop, or {@code STOPPED}
     *     for those of about the last hour
     */
    record Query(String cluster, String family, String desiredStatus) {}

    private record Seen(Instant freshUntil, Map<String, Peer> tasks) {}

    private static final Seen NOTHING = new Seen(Instant.MIN, Map.of());

    private final Function<Query, Stream<String>> list;
    private final BiFunction<String, List<String>, List<Task>> describe;
    private final InstantSource clock;
    private final Map<Query, Seen> seen = new HashMap<>();

    /**
     * Remembers for one warm function.
     *
     * @param list the ARNs, page by page
     * @param describe the tasks of a cluster with these ARNs, at most a hundred, with their tags
     */
    Peers(
            Function<Query, Stream<String>> list,
            BiFunction<String, List<String>, List<Task>> describe,
            InstantSource clock) {
        this.list = list;
        this.describe = describe;
        this.clock = clock;
    }

    /** The tasks, as they were a moment ago at the earliest. */
    synchronized Collection<Peer> of(Query query) {
        var now = clock.instant();
        seen.values().removeIf(old -> now.isAfter(old.freshUntil().plus(REMEMBERED)));
        var known = seen.getOrDefault(query, NOTHING);
        if (!now.isBefore(known.freshUntil())) {
            known = look(query, known.tasks(), now);
            seen.put(query, known);
        }
        return known.tasks().values();
    }

    private Seen look(Query query, Map<String, Peer> known, Instant now) {
        var tasks = new LinkedHashMap<String, Peer>();
        var strange = new ArrayList<String>();
        var listed = list.apply(query).toList();
        for (var arn : listed) {
            var peer = known.get(arn);
            if (peer == null) {
                strange.add(arn);
            } else {
                tasks.put(arn, peer);
            }
        }
        for (int from = 0; from < strange.size(); from += PAGE) {
            var page = strange.subList(from, Math.min(from + PAGE, strange.size()));
            describe.apply(query.cluster(), page)
                    .forEach(task -> tasks.put(task.arn(), Peer.of(task)));
        }
        return new Seen(now.plus(fresh(listed.size(), now)), tasks);
    }

    /** AWS may be slow, or throttle: then looks are rarer. */
    private Duration fresh(int listed, Instant begun) {
        var bySize = FRESH_FOR_A_PAGE.multipliedBy(listed / PAGE + 1);
        var byTime = Duration.between(begun, clock.instant()).multipliedBy(FRESH_FOR_ITS_TIME);
        return bySize.compareTo(byTime) > 0 ? bySize : byTime;
    }
}
