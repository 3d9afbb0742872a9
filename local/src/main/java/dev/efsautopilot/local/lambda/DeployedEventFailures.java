package dev.efsautopilot.local.lambda;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Optional;

/** Reads from the emulator what is deployed, and sends to its queues, past the gateway. */
public final class DeployedEventFailures implements EventFailures {

    private final HttpClient http = HttpClient.newHttpClient();
    private final ObjectMapper json = new ObjectMapper();
    private final URI emulator;
    private final String region;

    /**
     * What an emulator has deployed.
     *
     * @param emulator the emulator's own endpoint
     * @param region the region the functions are in
     */
    public DeployedEventFailures(URI emulator, String region) {
        this.emulator = emulator;
        this.region = region;
    }

    /** The alias's, as the rules of the template invoke the function's only alias. */
    @Override
    public EventInvokeConfig of(String function) {
        var path = "/2019-09-25/functions/" + function + "/event-invoke-config/list";
        var configs =
                send(request(path, "lambda").GET().build()).path("FunctionEventInvokeConfigs");
        return configs.valueStream()
                .findFirst()
                .map(DeployedEventFailures::config)
                .orElse(EventInvokeConfig.DEFAULT);
    }

    @Override
    public void keep(String queueArn, String invocationRecord) {
        var arn = queueArn.split(":", 6);
        var message =
                json.createObjectNode()
                        .put("QueueUrl", "%s/%s/%s".formatted(emulator, arn[4], arn[5]))
                        .put("MessageBody", invocationRecord);
        send(
                request("/", "sqs")
                        .header("Content-Type", "application/x-amz-json-1.0")
                        .header("X-Amz-Target", "AmazonSQS.SendMessage")
                        .POST(BodyPublishers.ofString(message.toString()))
                        .build());
    }

    private static EventInvokeConfig config(JsonNode found) {
        var queue = found.at("/DestinationConfig/OnFailure/Destination").asText();
        return new EventInvokeConfig(
                found.path("MaximumRetryAttempts").asInt(),
                Duration.ofSeconds(found.path("MaximumEventAgeInSeconds").asLong()),
                Optional.of(queue).filter(arn -> !arn.isEmpty()));
    }

    private HttpRequest.Builder request(String path, String service) {
        // The emulator takes the region from here and checks no signature.
        var credential = "local/20260101/%s/%s/aws4_request".formatted(region, service);
        return HttpRequest.newBuilder(emulator.resolve(path))
                .timeout(Duration.ofSeconds(10))
                .header(
                        "Authorization",
                        "AWS4-HMAC-SHA256 Credential="
                                + credential
                                + ", SignedHeaders=host, Signature=0");
    }

    private JsonNode send(HttpRequest request) {
        try {
            var response = http.send(request, BodyHandlers.ofString());
            if (response.statusCode() != 200) {
                throw new IllegalStateException(request.uri() + ": " + response.body());
            }
            return json.readTree(response.body());
        } catch (IOException e) {
            throw new UncheckedIOException(request.uri().toString(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }
}
