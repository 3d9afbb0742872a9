package dev.efsautopilot.local.user;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.efsautopilot.json.Json;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import software.amazon.awssdk.http.ContentStreamProvider;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4HttpSigner;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.identity.spi.AwsCredentialsIdentity;

/**
 * Calls to an API Gateway with IAM authorization, signed as it requires.
 *
 * @param api the stage's URL, without a slash at its end
 * @param region whose signature is asked for
 */
public record SignedHttp(URI api, String region) {

    /**
     * What came back.
     *
     * @param status the HTTP status
     * @param body the JSON; missing where there was none
     */
    public record Answer(int status, JsonNode body) {}

    /**
     * What came back, whatever it is.
     *
     * @param status the HTTP status
     * @param type its {@code Content-Type}; "" where there is none
     * @param text the body
     */
    public record Document(int status, String type, String text) {}

    /** Makes one call; a body only where the method takes one. */
    public Answer call(String method, String path, String body) {
        var document = send(method, path, body, Map.of("Accept", "application/json"));
        try {
            return new Answer(document.status(), Json.MAPPER.readTree(document.text()));
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(method + " " + path, e);
        }
    }

    /** Gets a document of the media type that is asked for. */
    public Document get(String path, String accept) {
        return send("GET", path, "", Map.of("Accept", accept));
    }

    /**
     * Makes one call with these headers and the signature's.
     *
     * @param body what is sent as JSON, whatever it is; "" for none
     */
    public Document send(String method, String path, String body, Map<String, String> headers) {
        var bytes = body.getBytes(StandardCharsets.UTF_8);
        var request =
                SdkHttpRequest.builder()
                        .method(SdkHttpMethod.fromValue(method))
                        .uri(URI.create(api + path));
        headers.forEach(request::putHeader);
        if (bytes.length > 0) {
            request.putHeader("Content-Type", "application/json")
                    .putHeader("Content-Length", String.valueOf(bytes.length));
        }
        ContentStreamProvider payload = () -> new ByteArrayInputStream(bytes);
        var signed =
                AwsV4HttpSigner.create()
                        .sign(r ->
                                r.identity(AwsCredentialsIdentity.create("test", "test"))
                                        .request(request.build())
                                        .payload(payload)
                                        .putProperty(
                                                AwsV4HttpSigner.SERVICE_SIGNING_NAME, "execute-api")
                                        .putProperty(AwsV4HttpSigner.REGION_NAME, region));
        try (var client = UrlConnectionHttpClient.create()) {
            var call = HttpExecuteRequest.builder().request(signed.request());
            if (bytes.length > 0) {
                call.contentStreamProvider(payload);
            }
            var answer = client.prepareRequest(call.build()).call();
            var content =
                    answer.responseBody()
                            .map(InputStream.class::cast)
                            .orElse(InputStream.nullInputStream());
            return new Document(
                    answer.httpResponse().statusCode(),
                    answer.httpResponse().firstMatchingHeader("Content-Type").orElse(""),
                    new String(content.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(method + " " + path, e);
        }
    }
}
