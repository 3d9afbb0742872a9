package dev.efsautopilot.local.it;

import dev.efsautopilot.local.stack.LocalAws;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;

/** The sweep, which runs every hour, asked to run now. */
record Sweep(URI endpoint) {

    private static final String PATH =
            "/2015-03-31/functions/ecs-efs-autopilot-sweep:live/invocations";

    /** Waits until it has looked at everything, or has failed: the next one goes on. */
    void invoke() {
        var request =
                HttpRequest.newBuilder(endpoint.resolve(PATH))
                        .header(
                                "Authorization",
                                "AWS4-HMAC-SHA256 Credential=test/20260314/%s/lambda/aws4_request"
                                        .formatted(LocalAws.REGION))
                        .POST(BodyPublishers.ofString("{\"sweep\":true}"))
                        .build();
        try (var client = HttpClient.newHttpClient()) {
            client.send(request, BodyHandlers.discarding());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
