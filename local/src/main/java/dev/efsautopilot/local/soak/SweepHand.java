package dev.efsautopilot.local.soak;

import dev.efsautopilot.local.stack.LocalAws;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;

/** Invokes the sweep and waits for its end, which may be an error: the next one goes on. */
public final class SweepHand {

    private final LocalAws aws;
    private final HttpClient http = HttpClient.newHttpClient();

    /** Of the application that is deployed there. */
    public SweepHand(LocalAws aws) {
        this.aws = aws;
    }

    /** Waits until it has looked at everything, or has failed. */
    public void run() {
        var path = "/2015-03-31/functions/ecs-efs-autopilot-sweep:live/invocations";
        var request =
                HttpRequest.newBuilder(aws.endpoint().resolve(path))
                        .header(
                                "Authorization",
                                "AWS4-HMAC-SHA256 Credential=test/20260314/%s/lambda/aws4_request"
                                        .formatted(LocalAws.REGION))
                        .POST(BodyPublishers.ofString("{\"sweep\":{}}"))
                        .build();
        try {
            http.send(request, BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException("the sweep can't be invoked", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }
}
