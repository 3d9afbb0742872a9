package dev.efsautopilot.rerun;

import dev.efsautopilot.aws.Ledger;
import dev.efsautopilot.json.Json;
import dev.efsautopilot.launch.LaunchRecord;
import dev.efsautopilot.plan.NotYet;
import dev.efsautopilot.task.Task;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** The lineages in the ledger. Its conditional write is the lock that makes re-runs single. */
final class Lineages {

    private static final Duration KEPT = Duration.ofDays(90);
    private static final int WRITES = 5;

    private final World world;

    Lineages(World world) {
        this.world = world;
    }

    /**
     * The ARN of the task that the lineage of this one began with. A re-run that ended before it
     * was recorded is recorded now, by its tag.
     */
    String root(Task task, Instant now) {
        return Mark.rerunOf(task)
                .flatMap(tag -> adopt(task.arn(), tag, now))
                .or(() ->
                        world.read(Lineage.memberKey(task.arn()))
                                .map(entry -> Json.text(entry.body(), "root")))
                .orElse(task.arn());
    }

    private Optional<String> adopt(String task, String tag, Instant now) {
        var root = task.substring(0, task.lastIndexOf('/') + 1) + tag.replaceFirst("/.*", "");
        var number = tag.replaceFirst(".*/", "");
        var attempt =
                read(root).attempts().stream()
                        .filter(a -> String.valueOf(a.number()).equals(number))
                        .findFirst();
        attempt.filter(a -> a.task().isEmpty()).ifPresent(a -> became(root, a, task, now));
        return attempt.map(_ -> root);
    }

    /** Records what an attempt became: the task, how it was launched, its place in the lineage. */
    void became(String root, Attempt attempt, String task, Instant now) {
        member(root, attempt.after(), task, now);
        update(
                root,
                now,
                lineage ->
                        lineage.after(attempt.after())
                                .filter(stored -> stored.task().isEmpty())
                                .map(stored -> lineage.with(stored.became(task)))
                                .orElse(lineage));
    }

    Lineage read(String root) {
        return world.read(Lineage.key(root))
                .map(entry -> Lineage.parse(entry.body()))
                .orElseGet(() -> Lineage.of(root));
    }

    /**
     * Changes a lineage as it is at the moment of the write.
     *
     * @param change gives the same lineage where there is nothing to change
     * @throws NotYet where others keep writing it
     */
    Lineage update(String root, Instant now, UnaryOperator<Lineage> change) {
        var expires = now.plus(KEPT);
        for (int i = 0; i < WRITES; i++) {
            var entry = world.read(Lineage.key(root));
            var before =
                    entry.map(read -> Lineage.parse(read.body())).orElseGet(() -> Lineage.of(root));
            var after = change.apply(before);
            if (after.equals(before)
                    || entry.map(read -> write(read, after, expires))
                            .orElseGet(
                                    () -> world.create(Lineage.key(root), after.json(), expires))) {
                return after;
            }
        }
        throw new NotYet("the lineage of " + root + " is being written by others");
    }

    private boolean write(Ledger.Entry read, Lineage after, Instant expires) {
        return world.replace(read, after.json(), expires);
    }

    /** Remembers that a task is a re-run, and how it was launched: as the one before it. */
    private void member(String root, String before, String task, Instant now) {
        var expires = now.plus(KEPT);
        world.create(
                Lineage.memberKey(task), Json.MAPPER.createObjectNode().put("root", root), expires);
        world.read("launch#" + before)
                .map(entry -> LaunchRecord.parse(entry.body()))
                .ifPresent(launch -> remember("launch#" + task, launch, expires));
    }

    /** The new task may have been observed already, which tells less than the first launch. */
    private void remember(String key, LaunchRecord launch, Instant expires) {
        if (world.create(key, launch.toJson(), expires)) {
            return;
        }
        var there = world.read(key);
        if (there.isPresent()) {
            var merged = LaunchRecord.parse(there.get().body()).merge(launch).toJson();
            if (!merged.equals(there.get().body())
                    && !world.replace(there.get(), merged, expires)) {
                throw new NotYet(key + " is just being written");
            }
        }
    }
}
