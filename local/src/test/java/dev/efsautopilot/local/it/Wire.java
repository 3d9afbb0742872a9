package dev.efsautopilot.local.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.efsautopilot.local.call.Json;
import dev.efsautopilot.local.stack.LocalAws;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;

/**
 * Calls as they are on the wire, for what no SDK knows, and what the functions told on the bus.
 *
 * @param site where they go
 */
record Wire(Site site) {

    /** A call of ECS with this body, which must succeed. */
    JsonNode ecs(String action, String body) {
        return sent(
                "ecs",
                HttpRequest.newBuilder(site.aws().endpoint())
                        .header("Content-Type", "application/x-amz-json-1.1")
                        .header("X-Amz-Target", "AmazonEC2ContainerServiceV20141113." + action),
                body);
    }

    /** A PUT of S3 Files with this body, which must succeed. */
    JsonNode s3Files(String path, String body) {
        var put =
                HttpRequest.newBuilder(at(path))
                        .method("PUT", HttpRequest.BodyPublishers.ofString(body));
        return sent("s3files", put);
    }

    /** Invokes a function of the application and waits for its answer. */
    JsonNode invoke(String function, String event) {
        var path = "/2015-03-31/functions/ecs-efs-autopilot-" + function + ":live/invocations";
        return sent("lambda", HttpRequest.newBuilder(at(path)), event);
    }

    /** The details of this type that functions put on the bus so far. */
    List<JsonNode> told(String detailType) {
        return site.aws().gateway().calls().of("events", "PutEvents").stream()
                .filter(call -> call.caller().isFunction())
                .flatMap(call -> call.parameters().path("Entries").valueStream())
                .filter(entry -> entry.path("DetailType").asText().equals(detailType))
                .map(entry -> Json.parse(entry.path("Detail").asText()))
                .toList();
    }

    private URI at(String path) {
        return site.aws().endpoint().resolve(path);
    }

    private static JsonNode sent(String service, HttpRequest.Builder request, String body) {
        return sent(service, request.POST(HttpRequest.BodyPublishers.ofString(body)));
    }

    private static JsonNode sent(String service, HttpRequest.Builder request) {
        var scope = "/20260314/" + LocalAws.REGION + "/" + service + "/aws4_request";
        request.header("Authorization", "AWS4-HMAC-SHA256 Credential=test" + scope);
        try (var client = HttpClient.newHttpClient()) {
            var answer = client.send(request.build(), BodyHandlers.ofString());
            assertThat(answer.statusCode()).as(answer.body()).isIn(200, 201);
            return Json.parse(answer.body());
        } catch (IOException e) {
            throw new UncheckedIOException(service, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
