package dev.efsautopilot.sweep;

import java.time.Instant;
import java.util.List;

/** One kind of thing that a sweep goes through, in the order of keys that stay what they are. */
interface Stage {

    /** Its name, under which the ledger keeps where it stopped. */
    String name();

    /**
     * The keys of everything that there is now to look at, in their natural order, each once.
     *
     * @param resumed whether an earlier sweep stopped before the end of it
     */
    List<String> keys(Round round, boolean resumed);

    /** How many keys are looked at together; a sweep stops between two batches. */
    int batch();

    /** Looks at these. */
    void look(List<String> keys, Round round);

    /** All of it was looked at, in this sweep or in several. */
    default void end(Round round) {}

    /**
     * What the looks of one sweep share.
     *
     * @param findings what came of them
     * @param memory what was known before, and what the next sweep is to know
     * @param dryRun whether only the plan is wanted
     * @param now when the batch, or the stage, began
     */
    record Round(Findings findings, Memory memory, boolean dryRun, Instant now) {}
}
