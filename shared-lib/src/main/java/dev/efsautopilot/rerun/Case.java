package dev.efsautopilot.rerun;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.efsautopilot.json.Json;
import dev.efsautopilot.plan.Result;
import dev.efsautopilot.revision.Revision;
import dev.efsautopilot.stop.Stop;
import dev.efsautopilot.stop.StopCause;
import dev.efsautopilot.task.Task;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * A stopped task with its definition.
 *
 * @param task the task, STOPPED
 * @param definition {@code taskDefinition} as it is described
 * @param definitionTags its tags
 * @param stop what AWS said about its end
 * @param cause what that means
 */
record Case(
        Task task, JsonNode definition, List<JsonNode> definitionTags, Stop stop, StopCause cause) {

    /**
     * Puts together what was read.
     *
     * @param described the answer of {@code DescribeTaskDefinition}
     */
    static Case of(Task task, JsonNode described) {
        var definition = described.path("taskDefinition");
        var stop = Stop.of(task, definition);
        return new Case(task, definition, Json.list(described, "tags"), stop, stop.cause());
    }

    /** Its policy: the task's tag, else its definition's, else the stack's. */
    Result<RerunPolicy> policy(String absent) {
        return RerunPolicy.parse(ownWords().or(() -> words(definitionTags)).orElse(absent));
    }

    /**
     * Whether the task itself was given a tag: one that says what its definition's says was
     * propagated from there, and nobody meant this task by it.
     */
    boolean ownTag() {
        return ownWords().isPresent() && !ownWords().equals(words(definitionTags));
    }

    private Optional<String> ownWords() {
        return words(Json.list(task.json(), "tags"));
    }

    private static Optional<String> words(List<JsonNode> tags) {
        return tags.stream()
                .filter(tag -> Json.text(tag, "key").equals(RerunPolicy.TAG))
                .flatMap(tag -> Json.optionalText(tag, "value").stream())
                .findFirst();
    }

    /**
     * The revision with the volumes that the tags ask for, where one was made of the task's own:
     * the cure of a volume that was written wrong by hand.
     */
    Optional<String> derived() {
        return Remedy.onlyByHand(cause)
                ? definitionTags.stream()
                        .filter(tag -> Json.text(tag, "key").equals(Revision.DERIVED))
                        .flatMap(tag -> Json.optionalText(tag, "value").stream())
                        .findFirst()
                : Optional.empty();
    }

    /** The request with that revision in it, if there is one. */
    JsonNode revised(ObjectNode launch) {
        derived().ifPresent(revision -> launch.put("taskDefinition", revision));
        return launch;
    }

    /** How long it ran; zero where it never started. */
    Duration ran(Instant now) {
        return startedAt(task)
                .map(started -> Duration.between(started, stoppedAt(now)))
                .filter(Predicate.not(Duration::isNegative))
                // A task that started and ended within a second did start.
                .map(ran -> ran.compareTo(Duration.ofSeconds(1)) < 0 ? Duration.ofSeconds(1) : ran)
                .orElse(Duration.ZERO);
    }

    /** When a task's containers were all up; empty before. */
    static Optional<Instant> startedAt(Task task) {
        return Times.of(task, "startedAt");
    }

    /** When it stopped. */
    Instant stoppedAt(Instant absent) {
        return Times.of(task, "stoppedAt").orElse(absent);
    }

    /** The family of its definition. */
    String family() {
        var arn = task.taskDefinitionArn();
        var name = arn.substring(arn.lastIndexOf('/') + 1);
        return name.contains(":") ? name.substring(0, name.lastIndexOf(':')) : name;
    }

    /**
     * Which other tasks are copies of this one that somebody started since it was to stop: of the
     * same family, with the same overrides. A re-run of a copy is one, a re-run of a sibling is
     * not: its lineage is older. Spot's warning comes two minutes before the end, and who hears it
     * may start a copy while this one still runs.
     */
    Predicate<Peer> copies(Instant now) {
        var leaving = Times.of(task, "stoppingAt").orElseGet(() -> stoppedAt(now));
        var overrides = Peer.overrides(task);
        return other ->
                other.since().isAfter(leaving)
                        && !other.arn().equals(task.arn())
                        && other.overrides().equals(overrides);
    }
}
