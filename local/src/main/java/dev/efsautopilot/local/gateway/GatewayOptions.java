package dev.efsautopilot.local.gateway;

import dev.efsautopilot.local.call.Principal;
import dev.efsautopilot.local.tasks.LifecycleTimes;
import java.net.URI;
import java.util.Map;
import java.util.function.Consumer;

/**
 * What a gateway needs to know.
 *
 * @param upstream where MiniStack listens
 * @param region of calls that are not signed
 * @param account the account's number
 * @param replaySource the source of the events that AWS would emit: the stack's ReplaySource
 * @param times how long the stages of a task take
 * @param callers the functions by their access key id; read at each call, so it may grow later
 * @param kill kills the function's process that has this session token
 */
public record GatewayOptions(
        URI upstream,
        String region,
        String account,
        String replaySource,
        LifecycleTimes times,
        Map<String, Principal> callers,
        Consumer<String> kill) {

    /** For calls of whom no process can be killed. */
    public GatewayOptions(
            URI upstream,
            String region,
            String account,
            String replaySource,
            LifecycleTimes times,
            Map<String, Principal> callers) {
        this(upstream, region, account, replaySource, times, callers, _ -> {});
    }
}
