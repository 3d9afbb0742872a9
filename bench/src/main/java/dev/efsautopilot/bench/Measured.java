package dev.efsautopilot.bench;

import java.util.ArrayList;
import java.util.List;

/**
 * Everything that was measured of one subject.
 *
 * @param init from exec to the first request for an event, or to the moment of the snapshot, ms
 * @param first the first event, ms
 * @param warm the events after it, ms
 * @param cpu processor time of a warm event, user and system, ms
 * @param peak the most memory that the process had, MB (VmHWM)
 * @param calls AWS calls of a warm event
 * @param operations those of the last one, in their order
 */
record Measured(
        Samples init,
        Samples first,
        Samples warm,
        Samples cpu,
        Samples peak,
        Samples calls,
        List<String> operations) {

    static Measured nothing() {
        return new Measured(
                new Samples(),
                new Samples(),
                new Samples(),
                new Samples(),
                new Samples(),
                new Samples(),
                new ArrayList<>());
    }

    /** How much longer the first event takes than a warm one. */
    double firstToWarm() {
        return first.median() / warm.median();
    }
}
