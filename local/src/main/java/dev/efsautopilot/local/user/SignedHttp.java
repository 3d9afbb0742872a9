package dev.efsautopilot.local.user;

import com.fasterxml.jackson.databind.JsonNode;
import dev.efsautopilot.json.Json;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
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

    /** Makes one call; a body only where the method takes one. */
    public Answer call(String method, String path, String body) {
        var bytes = body.getBytes(StandardCharsets.UTF_8);
        var request =
                SdkHttpRequest.builder()
                        .method(SdkHttpMethod.fromValue(method))
                        .uri(URI.create(api + path));
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
            return new Answer(
                    answer.httpResponse().statusCode(),
                    Json.MAPPER.readTree(
                            answer.responseBody()
                                    .map(InputStream.class::cast)
                                    .orElse(InputStream.nullInputStream())));
        } catch (IOException e) {
            throw new UncheckedIOException(method + " " + path, e);
        }
    }
}
