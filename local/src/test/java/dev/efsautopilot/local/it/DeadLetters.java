package dev.efsautopilot.local.it;

import com.fasterxml.jackson.databind.JsonNode;
import dev.efsautopilot.json.Json;
import dev.efsautopilot.local.stack.LocalAws;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.LinkedHashMap;
import java.util.List;

/** What the stack's dead letter queue holds; it stays there. */
final class DeadLetters {

    private static final int MOST_AT_ONCE = 10;

    private final LocalAws aws;
    private final HttpClient http = HttpClient.newHttpClient();

    DeadLetters(LocalAws aws) {
        this.aws = aws;
    }

    /** The letters that have this text in them. */
    List<JsonNode> about(String text) {
        var found = new LinkedHashMap<String, JsonNode>();
        var more = true;
        while (more) {
            var before = found.size();
            for (var message : receive().path("Messages")) {
                found.put(Json.text(message, "MessageId"), tree(Json.text(message, "Body")));
            }
            more = found.size() >= before + MOST_AT_ONCE;
        }
        return found.values().stream().filter(body -> body.toString().contains(text)).toList();
    }

    /** Read ones are hidden for a moment, so that the next call gives others. */
    private JsonNode receive() {
        var request =
                Json.MAPPER
                        .createObjectNode()
                        .put("QueueUrl", aws.outputs().get("DeadLetterQueueUrl"))
                        .put("MaxNumberOfMessages", MOST_AT_ONCE)
                        .put("VisibilityTimeout", 1);
        try {
            var answer =
                    http.send(
                            HttpRequest.newBuilder(aws.endpoint())
                                    .header(
                                            "Authorization",
                                            "AWS4-HMAC-SHA256 Credential=test/20260101/%s/sqs/aws4_request, SignedHeaders=host, Signature=0"
                                                    .formatted(LocalAws.REGION))
                                    .header("X-Amz-Target", "AmazonSQS.ReceiveMessage")
                                    .header("Content-Type", "application/x-amz-json-1.0")
                                    .POST(BodyPublishers.ofString(request.toString()))
                                    .build(),
                            BodyHandlers.ofString());
            return tree(answer.body());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static JsonNode tree(String json) {
        try {
            return Json.MAPPER.readTree(json);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
