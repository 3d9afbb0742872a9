package dev.efsautopilot.local.lambda;

import java.time.Duration;
import java.util.Optional;

/**
 * What becomes of events that a function can't take: {@code GetFunctionEventInvokeConfig}.
 *
 * @param retries MaximumRetryAttempts, 0 to 2
 * @param longest MaximumEventAgeInSeconds
 * @param onFailure the ARN of the queue for events that are given up; empty where they are lost
 */
public record EventInvokeConfig(int retries, Duration longest, Optional<String> onFailure) {

    /** What Lambda does where nothing is configured. */
    static final EventInvokeConfig DEFAULT =
            new EventInvokeConfig(2, Duration.ofHours(6), Optional.empty());
}
