package dev.efsautopilot.rerun;

import com.fasterxml.jackson.databind.JsonNode;
import dev.efsautopilot.json.Json;
import dev.efsautopilot.stop.StopCause;
import dev.efsautopilot.stop.StopClass;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;

/**
 * One re-run of a lineage, from its reservation on.
 *
 * @param number 1 for the first re-run
 * @param after the task whose end it follows: the reservation is for this stop and no other
 * @param cause why that task stopped
 * @param ran how long that task had run; zero where it never started
 * @param due when it may run
 * @param tries how often RunTask has definitely started nothing
 * @param task the task that it became; empty until then
 * @param dropped why it will not be run after all; empty while it will
 */
record Attempt(
        int number,
        String after,
        StopCause cause,
        Duration ran,
        Instant due,
        int tries,
        Optional<String> task,
        Optional<String> dropped) {

    /** Whether it is reserved, and neither run nor given up. */
    boolean pending() {
        return task.isEmpty() && dropped.isEmpty();
    }

    /**
     * Whether it uses up one of the policy's attempts: with {@code on=failure}, the loss of what a
     * running task ran on does not, as {@code Ignore} in a Kubernetes pod failure policy.
     */
    boolean uses(RerunPolicy policy) {
        return uses(policy, cause, ran);
    }

    static boolean uses(RerunPolicy policy, StopCause cause, Duration ran) {
        return policy.on() != RerunPolicy.On.FAILURE
                || cause.stopClass() != StopClass.INFRASTRUCTURE
                || ran.isZero();
    }

    Attempt became(String newTask) {
        return new Attempt(
                number, after, cause, ran, due, tries, Optional.of(newTask), Optional.empty());
    }

    Attempt dropped(String why) {
        return new Attempt(number, after, cause, ran, due, tries, task, Optional.of(why));
    }

    Attempt again(Instant later) {
        return new Attempt(number, after, cause, ran, later, tries + 1, task, dropped);
    }

    /** Lifts what dropped it: a person wants it now, and not the answer that a token remembers. */
    Attempt revived(Instant now) {
        return new Attempt(
                number, after, cause, ran, now, Mark.nextToken(tries), task, Optional.empty());
    }

    JsonNode json() {
        var json =
                Json.MAPPER
                        .createObjectNode()
                        .put("number", number)
                        .put("after", after)
                        .put("cause", cause.word())
                        .put("ranSeconds", ran.toSeconds())
                        .put("due", due.toString())
                        .put("tries", tries);
        task.ifPresent(arn -> json.put("task", arn));
        dropped.ifPresent(why -> json.put("dropped", why));
        return json;
    }

    static Attempt parse(JsonNode json) {
        var word = Json.text(json, "cause");
        return new Attempt(
                json.path("number").asInt(),
                Json.text(json, "after"),
                Arrays.stream(StopCause.values())
                        .filter(cause -> cause.word().equals(word))
                        .findFirst()
                        .orElse(StopCause.UNKNOWN),
                Duration.ofSeconds(json.path("ranSeconds").asLong()),
                Instant.parse(Json.text(json, "due")),
                json.path("tries").asInt(),
                Json.optionalText(json, "task"),
                Json.optionalText(json, "dropped"));
    }
}
