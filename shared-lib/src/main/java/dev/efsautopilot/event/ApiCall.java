package dev.efsautopilot.event;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.Optional;

/**
 * One API call as CloudTrail writes it: keys are lowerCamelCase, EC2's lists are {@code
 * {"items":[…]}}.
 *
 * @param eventSource the service, e.g. {@code ecs.amazonaws.com}
 * @param eventName the API action, e.g. {@code RegisterTaskDefinition}
 * @param eventTime when it was made; the epoch where the event does not say
 * @param errorCode why it failed; empty for a call that succeeded
 * @param callerRoleArn the role whose session made the call; empty for users and services
 * @param request {@code requestParameters}; an empty object where there are none
 * @param response {@code responseElements}; an empty object where there are none
 * @param replayed whether somebody else than AWS sent the event
 */
public record ApiCall(
        String eventSource,
        String eventName,
        Instant eventTime,
        Optional<String> errorCode,
        Optional<String> callerRoleArn,
        JsonNode request,
        JsonNode response,
        boolean replayed) {

    /** Whether it is this action of this service, and succeeded. */
    public boolean succeeded(String source, String name) {
        return errorCode.isEmpty() && eventSource.equals(source) && eventName.equals(name);
    }
}
