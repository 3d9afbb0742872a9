package dev.efsautopilot.rerun;

import com.fasterxml.jackson.databind.annotation.JsonSerialize;
import com.fasterxml.jackson.databind.ser.std.ToStringSerializer;
import dev.efsautopilot.plan.Step;
import java.time.Instant;

/** What is done about a stopped task. */
public sealed interface Verdict extends Step {

    /**
     * Run it again now.
     *
     * @param attempt 1 for the first re-run of its lineage
     */
    record RunAgain(int attempt, String why) implements Verdict {}

    /**
     * Run it again later.
     *
     * @param attempt 1 for the first re-run of its lineage
     * @param at not before
     */
    record WaitUntil(
            int attempt, @JsonSerialize(using = ToStringSerializer.class) Instant at, String why)
            implements Verdict {}

    /**
     * Repair its way to the file systems.
     *
     * @param thenRun whether it is run again afterwards
     * @param attempt 1 for the first re-run of its lineage; 0 where it is not run
     * @param at not before
     */
    record Repair(
            boolean thenRun,
            int attempt,
            @JsonSerialize(using = ToStringSerializer.class) Instant at,
            String why)
            implements Verdict {}

    /**
     * Leave it stopped, and tell a person.
     *
     * @param remedy what a person has to do
     */
    record Abandon(String why, String remedy) implements Verdict {}

    /** It is over, and well: tell it. */
    record Recovered(String why) implements Verdict {}

    /** Leave it as it is. */
    record Nothing(String why) implements Verdict {}
}
