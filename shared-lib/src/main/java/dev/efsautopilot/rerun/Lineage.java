package dev.efsautopilot.rerun;

import com.fasterxml.jackson.databind.JsonNode;
import dev.efsautopilot.json.Json;
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

    Lineage with(Attempt attempt) {
        return new Lineage(
                root,
                Stream.concat(
                                attempts.stream().filter(a -> a.number() != attempt.number()),
                                Stream.of(attempt))
                        .toList(),
                Optional.empty());
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
