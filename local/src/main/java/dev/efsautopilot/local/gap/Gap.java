package dev.efsautopilot.local.gap;

import dev.efsautopilot.local.call.AwsCall;
import dev.efsautopilot.local.call.Response;

/** One thing that AWS does and MiniStack does not. */
public interface Gap {

    /** The rest of the way to MiniStack. */
    @FunctionalInterface
    interface Next {
        /** Passes the call on, as it is or changed. */
        Response pass(AwsCall call);
    }

    /** Answers the call itself, or passes it on and completes the answer. */
    Response answer(AwsCall call, Next next);
}
