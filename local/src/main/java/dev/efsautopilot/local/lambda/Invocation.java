package dev.efsautopilot.local.lambda;

import java.util.concurrent.CompletableFuture;

/**
 * One event on its way through a function.
 *
 * @param requestId the id that the function's logs carry
 * @param payload the event, a JSON text
 * @param traceId the X-Ray trace header, or empty
 * @param result completed once, by whatever ends the invocation first
 */
record Invocation(
        String requestId, String payload, String traceId, CompletableFuture<Result> result) {

    Invocation(String requestId, String payload, String traceId) {
        this(requestId, payload, traceId, new CompletableFuture<>());
    }

    boolean fail(String type, String message) {
        return result.complete(Result.Failed.of(type, requestId, message));
    }
}
