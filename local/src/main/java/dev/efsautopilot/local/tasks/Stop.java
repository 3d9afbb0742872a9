package dev.efsautopilot.local.tasks;

import java.util.Map;

/**
 * Why a task stops.
 *
 * @param stopCode a value of the API's TaskStopCode, for example {@code SpotInterruption}
 * @param reason the text of {@code stoppedReason}
 * @param exitCodes of containers by name; {@code *} is for all that are not named; none where no
 *     container ever ran
 */
public record Stop(String stopCode, String reason, Map<String, Integer> exitCodes) {

    /** Containers end as SIGKILL or SIGTERM leaves them. */
    public static final Map<String, Integer> TERMINATED = Map.of("*", 143);

    static Stop failedToStart(String reason) {
        return new Stop("TaskFailedToStart", reason, Map.of());
    }
}
