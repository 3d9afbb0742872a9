package dev.efsautopilot.local.lambda;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;

/** How an invocation ended. */
sealed interface Result {

    /**
     * The handler returned.
     *
     * @param payload what it wrote, as it is
     */
    record Returned(String payload) implements Result {}

    /**
     * The handler threw, or its environment ended.
     *
     * @param error a JSON object with {@code errorType} and {@code errorMessage}
     */
    record Failed(String error) implements Result {

        static Failed of(String type, String requestId, String message) {
            return new Failed(
                    JsonNodeFactory.instance
                            .objectNode()
                            .put("errorType", type)
                            .put("errorMessage", "RequestId: " + requestId + " Error: " + message)
                            .toString());
        }
    }
}
