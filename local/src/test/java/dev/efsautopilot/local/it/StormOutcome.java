package dev.efsautopilot.local.it;

import java.time.Duration;

/**
 * What became of a storm.
 *
 * @param tasks how many tasks were lost
 * @param reruns how many tasks were started in their place
 * @param distinct in the place of how many different tasks
 * @param living how many tasks live at the end
 * @param calls the calls of the functions that re-run tasks, with the SDK's retries
 * @param throttled how many of these were throttled
 * @param took from the first stop to the last re-run
 */
record StormOutcome(
        int tasks,
        int reruns,
        int distinct,
        int living,
        long calls,
        long throttled,
        Duration took) {

    /** Whether each task was run again, and once. */
    public boolean exactlyOnce() {
        return reruns == tasks && distinct == tasks && living == tasks;
    }

    @Override
    public String toString() {
        return "%d tasks lost, %d re-runs in the place of %d, %d living; %.1f s, %.1f calls a task, %.1f %% of them throttled"
                .formatted(
                        tasks,
                        reruns,
                        distinct,
                        living,
                        took.toMillis() / 1000.0,
                        (double) calls / tasks,
                        100.0 * throttled / Math.max(1, calls));
    }
}
