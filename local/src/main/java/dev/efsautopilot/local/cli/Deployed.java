package dev.efsautopilot.local.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.efsautopilot.json.Json;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.services.cloudwatchlogs.CloudWatchLogsClient;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.lambda.model.ResourceNotFoundException;

/** A deployed stack, as somebody with credentials for its account sees it. */
final class Deployed implements AutoCloseable {

    /** What the stack is called where nobody called it otherwise. */
    static final String STACK = "ecs-efs-autopilot";

    static final List<String> FUNCTIONS =
            List.of("access-points", "volumes", "nfs-ingress", "task-rerun", "doctor", "sweep");

    /** On AWS it saves the way of what was ignored, which is most. */
    private static final String PATTERN =
            "{ ($.outcome = \"done\") || ($.outcome = \"refused\") || ($.outcome = \"failed\") }";

    private final String stack;
    private final LambdaClient lambda;
    private final CloudWatchLogsClient logs;

    private Deployed(String stack, LambdaClient lambda, CloudWatchLogsClient logs) {
        this.stack = stack;
        this.lambda = lambda;
        this.logs = logs;
    }

    /** With the credentials, the region and the endpoint of the environment. */
    static Deployed at(String stack) {
        return new Deployed(
                stack,
                LambdaClient.builder().httpClient(UrlConnectionHttpClient.create()).build(),
                CloudWatchLogsClient.builder()
                        .httpClient(UrlConnectionHttpClient.create())
                        .build());
    }

    /**
     * Invokes a function and waits for its answer.
     *
     * @return empty where there is no such function
     */
    Optional<JsonNode> invoke(String function, JsonNode request) {
        try {
            var answer =
                    lambda.invoke(call ->
                            call.functionName(stack + "-" + function)
                                    .qualifier("live")
                                    .payload(SdkBytes.fromUtf8String(request.toString())));
            if (answer.functionError() != null) {
                throw SdkClientException.create(
                        function + " failed: " + answer.payload().asUtf8String());
            }
            return Optional.of(json(answer.payload().asUtf8String()));
        } catch (ResourceNotFoundException _) {
            return Optional.empty();
        }
    }

    /**
     * What a function told since then of what it did, refused, or failed at, the oldest first.
     *
     * @return empty where there is no such function
     */
    Optional<List<JsonNode>> told(String function, Instant since) {
        try {
            return Optional.of(
                    logs
                            .filterLogEventsPaginator(call ->
                                    call.logGroupName("/aws/lambda/" + stack + "-" + function)
                                            .startTime(since.toEpochMilli())
                                            .filterPattern(PATTERN))
                            .events()
                            .stream()
                            .flatMap(event -> line(event.message()))
                            .toList());
        } catch (software.amazon.awssdk.services.cloudwatchlogs.model.ResourceNotFoundException _) {
            return Optional.empty();
        }
    }

    private static Stream<JsonNode> line(String message) {
        try {
            var line = Json.MAPPER.readTree(message);
            return switch (Json.text(line, "outcome")) {
                case "done", "refused", "failed" -> Stream.of(line);
                default -> Stream.empty();
            };
        } catch (JsonProcessingException _) {
            return Stream.empty();
        }
    }

    private static JsonNode json(String text) {
        try {
            return Json.MAPPER.readTree(text);
        } catch (JsonProcessingException e) {
            throw SdkClientException.create("the function's answer is no JSON: " + text, e);
        }
    }

    @Override
    public void close() {
        lambda.close();
        logs.close();
    }
}
