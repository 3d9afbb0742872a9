package dev.efsautopilot.local.gap;

import dev.efsautopilot.local.call.AwsCall;
import dev.efsautopilot.local.call.EventQueue;
import dev.efsautopilot.local.call.Response;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;

/**
 * "All events that are delivered by CloudTrail have AWS API Call via CloudTrail as the value for
 * detail-type. Events from API actions that start with the keywords List, Get, or Describe aren't
 * processed by EventBridge" (Amazon EventBridge User Guide, Create a rule for AWS CloudTrail API
 * calls). Calls that failed are delivered too, with their {@code errorCode} (AWS CloudTrail User
 * Guide, record contents).
 */
public final class CloudTrailEvents implements Gap {
    private static final Set<String> SERVICES = Set.of("ecs", "ec2", "elasticfilesystem");

    private final EventQueue events;
    private final Duration delay;

    public CloudTrailEvents(EventQueue events, Duration delay) {
        this.events = events;
        this.delay = delay;
    }

    @Override
    public Response answer(AwsCall call, Next next) {
        var response = next.pass(call);
        if (SERVICES.contains(call.service()) && call.isWrite()) {
            events.put(
                    "AWS API Call via CloudTrail",
                    List.of(),
                    CloudTrailRecord.of(call, response, Instant.now()),
                    delay);
        }
        return response;
    }
}
