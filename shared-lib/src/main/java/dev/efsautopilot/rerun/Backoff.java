package dev.efsautopilot.rerun;

import dev.efsautopilot.stop.StopCause;
import java.time.Duration;

/** How long to wait before an attempt: exponential, with full jitter. */
final class Backoff {

    /** Lack of capacity and throttling pass more slowly than other troubles. */
    private static final int SLOW = 4;

    private Backoff() {}

    /**
     * The wait; zero for a task that lost the host it ran on, as its next host is another.
     *
     * @param ran how long the task had run
     * @param before how many attempts or tries there were before
     * @param random from 0 up to, not including, 1
     */
    static Duration of(
            RerunPolicy policy, StopCause cause, Duration ran, int before, double random) {
        var factor =
                switch (cause) {
                    case SPOT_INTERRUPTION -> 0;
                    case HOST_TERMINATED, HOST_DEREGISTERED, RETIREMENT, INFRASTRUCTURE_HEALTH ->
                            ran.isZero() ? 1 : 0;
                    case CAPACITY, PULL_THROTTLED -> SLOW;
                    default -> 1;
                };
        var base = policy.backoff().multipliedBy(factor);
        var doubled = base.multipliedBy(1L << Math.min(before, 20));
        var ceiling = doubled.compareTo(policy.maxBackoff()) < 0 ? doubled : policy.maxBackoff();
        return Duration.ofMillis((long) (ceiling.toMillis() * random));
    }
}
