package dev.efsautopilot.rerun;

import com.fasterxml.jackson.databind.JsonNode;
import dev.efsautopilot.json.Json;
import dev.efsautopilot.stop.StopCause;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A task and the tasks that were run in its place, a chain: each attempt follows the end of the one
 * before it. Kept in the ledger under {@code lineage#<root task id>}; {@code member#<task ARN>}
 * points from each re-run to its root.
 *
 * @param root the ARN of the first task, which its owner started
 * @param attempts the re-runs, oldest first
 * @param end how it ended, e.g. {@code abandoned: …}; empty while it has not
 */
record Lineage(String root, List<Attempt> attempts, Optional<String> end) {

    private static final String RECOVERED = "recovered";

    /** A task that was never run again. */
    static Lineage of(String root) {
        return new Lineage(root, List.of(), Optional.empty());
    }

    static String key(String root) {
        return "lineage#" + root.substring(root.lastIndexOf('/') + 1);
    }

    static String memberKey(String task) {
        return "member#" + task;
    }

    /** The attempt that follows this task's end. */
    Optional<Attempt> after(String task) {
        return attempts.stream().filter(attempt -> attempt.after().equals(task)).findFirst();
    }

    /** The newest task of the chain; empty while its attempt has not become one. */
    Optional<String> newest() {
        return attempts.isEmpty() ? Optional.of(root) : attempts.getLast().task();
    }

    /** How many of the policy's attempts are used up. */
    long used(RerunPolicy policy) {
        return attempts.stream().filter(attempt -> attempt.uses(policy)).count();
    }

    /** With this attempt, in the place of what it was; a new one begins where others had ended. */
    Lineage with(Attempt attempt) {
        var known = attempts.stream().anyMatch(a -> a.number() == attempt.number());
        return new Lineage(
                root,
                Stream.concat(
                                attempts.stream().filter(a -> a.number() != attempt.number()),
                                Stream.of(attempt))
                        .toList(),
                known ? end : Optional.empty());
    }

    /** With a dropped attempt that is wanted after all. */
    Lineage revived(Attempt attempt, Instant now) {
        return new Lineage(root, with(attempt.revived(now)).attempts(), Optional.empty());
    }

    /** A task that stays up may be lost another day; one that did its work, or is given up, not. */
    boolean isOver(StopCause cause) {
        return end.filter(how -> !how.equals(RECOVERED) || cause == StopCause.EXIT_ZERO)
                .isPresent();
    }

    Lineage recovered() {
        return ended(RECOVERED);
    }

    /** Nothing of it will run again, and what waits is dropped. */
    Lineage stopped(String why) {
        return new Lineage(
                root,
                attempts.stream()
                        .map(attempt -> attempt.pending() ? attempt.dropped(why) : attempt)
                        .toList(),
                Optional.of(why));
    }

    Lineage ended(String how) {
        return new Lineage(root, attempts, Optional.of(how));
    }

    JsonNode json() {
        var json = Json.MAPPER.createObjectNode().put("root", root);
        var list = json.putArray("attempts");
        attempts.forEach(attempt -> list.add(attempt.json()));
        end.ifPresent(how -> json.put("end", how));
        return json;
    }

    static Lineage parse(JsonNode json) {
        return new Lineage(
                Json.text(json, "root"),
                Json.list(json, "attempts").stream().map(Attempt::parse).toList(),
                Json.optionalText(json, "end"));
    }
}
