package dev.efsautopilot.local.event;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.efsautopilot.stop.Stop;
import dev.efsautopilot.stop.StopCause;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * A stop in somebody's own words.
 *
 * @param reason AWS's words; empty leaves those of the kind
 * @param code the API's {@code TaskStopCode}; empty takes the one that goes with the reason
 * @param exitCode of the essential containers; empty leaves those of the kind
 */
public record TaskStop(Optional<String> reason, Optional<String> code, OptionalInt exitCode) {

    /** What AWS would call a stop for this reason. */
    public String stopCode() {
        return code.orElseGet(() -> {
            var cause = new Stop("", reason.orElse(""), List.of()).cause();
            return reason.isEmpty() ? "EssentialContainerExited" : stopCode(cause);
        });
    }

    /** The kind of event that comes nearest. */
    public String kind() {
        return switch (stopCode()) {
            case "TaskFailedToStart" -> "task-stopped-mount-timeout";
            case "EssentialContainerExited" ->
                    exitCode.orElse(1) == 0 ? "task-stopped-exit-0" : "task-stopped-exit-1";
            case "UserInitiated" -> "task-stopped-user";
            default -> "task-stopped-spot";
        };
    }

    /** The event with this stop in it. */
    public JsonNode in(JsonNode event) {
        var stopped = event.deepCopy();
        if (stopped.path("detail") instanceof ObjectNode task) {
            reason.ifPresent(words -> task.put("stoppedReason", words));
            if (reason.isPresent() || code.isPresent()) {
                task.put("stopCode", stopCode());
            }
            exitCode.ifPresent(exit -> {
                for (var container : task.path("containers")) {
                    ((ObjectNode) container).put("exitCode", exit);
                }
            });
        }
        return stopped;
    }

    private static String stopCode(StopCause cause) {
        return switch (cause.stopClass()) {
            case STORAGE, HOPELESS -> "TaskFailedToStart";
            case APPLICATION, DONE, OUT_OF_MEMORY -> "EssentialContainerExited";
            case WANTED -> cause == StopCause.USER ? "UserInitiated" : "ServiceSchedulerInitiated";
            case INFRASTRUCTURE -> infrastructure(cause);
            case UNKNOWN -> "EssentialContainerExited";
        };
    }

    private static String infrastructure(StopCause cause) {
        return switch (cause) {
            case SPOT_INTERRUPTION -> "SpotInterruption";
            case HOST_TERMINATED, RETIREMENT -> "TerminationNotice";
            case INFRASTRUCTURE_HEALTH, HOST_DEREGISTERED, AGENT_LOST -> "InfrastructureHealth";
            default -> "TaskFailedToStart";
        };
    }
}
