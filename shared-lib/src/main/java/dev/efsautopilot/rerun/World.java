package dev.efsautopilot.rerun;

import com.fasterxml.jackson.databind.JsonNode;
import dev.efsautopilot.aws.Ledger;
import dev.efsautopilot.plan.Result;
import dev.efsautopilot.plan.Step;
import dev.efsautopilot.task.Task;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * All that a re-run reads and changes outside: the seam at which the tests duplicate, reorder, lose
 * and crash.
 */
interface World {

    /** What {@code RunTask} came to. */
    sealed interface Answer {
        /** This task runs: started now, or by an earlier call with the same token. */
        record Started(String task) implements Answer {}

        /** Nothing was started. */
        record Failed(String reason) implements Answer {}
    }

    /** The task with its tags; empty about an hour after it stopped. */
    Optional<Task> task(String cluster, String task);

    /** {@code {"taskDefinition": …, "tags": […]}}; a missing node where there is none. */
    JsonNode taskDefinition(String reference);

    /** Tasks of a family, as they were a moment ago. */
    Collection<Peer> peers(Peers.Query query);

    /** Starts one task. The same {@code clientToken} starts no second one. */
    Answer run(JsonNode request);

    /** A document of the ledger. */
    Optional<Ledger.Entry> read(String key);

    /** Writes a document that is not there; false where it is. */
    boolean create(String key, JsonNode body, Instant expires);

    /** Writes a document over the version that was read; false where another was first. */
    boolean replace(Ledger.Entry read, JsonNode body, Instant expires);

    /** Wakes task-rerun once; the same name again changes nothing. */
    void once(String name, Instant at, JsonNode input);

    /**
     * Opens the task's way to its file systems; no steps where it is open.
     *
     * @param taskDefinition {@code taskDefinition} as it is described
     */
    Result<List<? extends Step>> repair(Task task, JsonNode taskDefinition);

    /** Puts tags on a task or a revision; on a task that has just stopped, none. */
    void tag(String arn, Map<String, String> tags);

    /** Puts an event of our own on the bus. */
    void tell(String detailType, String task, Map<String, ?> detail);
}
