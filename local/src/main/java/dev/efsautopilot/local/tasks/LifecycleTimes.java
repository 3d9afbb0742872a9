package dev.efsautopilot.local.tasks;

import java.time.Duration;

/**
 * How long the stages of a task take.
 *
 * @param stage each of PROVISIONING, PENDING, ACTIVATING, DEACTIVATING, STOPPING, DEPROVISIONING
 * @param mountTimeout how long a mount is tried again while its network is closed
 * @param replacement how long a service waits before it replaces a stopped task
 * @param trailDelay how long an API call takes to reach the bus through CloudTrail
 */
public record LifecycleTimes(
        Duration stage, Duration mountTimeout, Duration replacement, Duration trailDelay) {

    /** Slow enough to be watched. */
    public static LifecycleTimes demo() {
        return new LifecycleTimes(
                Duration.ofMillis(900),
                Duration.ofSeconds(10),
                Duration.ofSeconds(2),
                Duration.ofMillis(200));
    }

    /** As fast as a test can follow. */
    public static LifecycleTimes tests() {
        return new LifecycleTimes(
                Duration.ofMillis(60),
                Duration.ofSeconds(15),
                Duration.ofMillis(200),
                Duration.ZERO);
    }
}
