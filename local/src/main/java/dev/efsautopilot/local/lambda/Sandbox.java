package dev.efsautopilot.local.lambda;

import java.util.concurrent.CompletionStage;

/** A started runtime process. */
interface Sandbox {

    /** Ends it at once, with everything it started. */
    void kill();

    /** Completes with the exit status when it has ended. */
    CompletionStage<Integer> ended();

    /** Starts runtime processes. */
    @FunctionalInterface
    interface Launcher {

        /**
         * Starts one.
         *
         * @param function what to run
         * @param runtimeApi {@code host:port} of the Runtime API that this process alone uses
         */
        Sandbox launch(FunctionSpec function, String runtimeApi);
    }
}
