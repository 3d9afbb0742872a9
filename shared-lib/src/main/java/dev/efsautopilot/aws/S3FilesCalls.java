package dev.efsautopilot.aws;

import com.fasterxml.jackson.databind.JsonNode;
import dev.efsautopilot.json.Json;
import dev.efsautopilot.plan.NotYet;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4HttpSigner;
import software.amazon.awssdk.regions.EndpointTag;
import software.amazon.awssdk.regions.PartitionEndpointKey;
import software.amazon.awssdk.regions.PartitionMetadata;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.regions.providers.DefaultAwsRegionProviderChain;

/**
 * Signs and reads calls of Amazon S3 Files, of which the SDK at hand has no client. Paths, names,
 * signing name and host are those of its API model (2025-05-05, restJson1).
 */
record S3FilesCalls(SdkHttpClient http, Optional<URI> endpoint) {

    private static final String SERVICE = "s3files";
    private static final int NOT_FOUND = 404;
    private static final int FORBIDDEN = 403;

    /**
     * What a call reads.
     *
     * @param operation its name, e.g. {@code GetFileSystem}
     * @return empty where S3 Files has no such thing
     * @throws AwsServiceException where IAM denies it
     * @throws NotYet where S3 Files does not answer as it should
     */
    Optional<JsonNode> get(String operation, String path, Map<String, String> query) {
        var region = DefaultAwsRegionProviderChain.builder().build().getRegion();
        var request =
                SdkHttpRequest.builder()
                        .method(SdkHttpMethod.GET)
                        .uri(endpoint.orElseGet(() -> host(region)))
                        .encodedPath(path);
        query.forEach(request::putRawQueryParameter);
        try {
            var answer = http.prepareRequest(signed(request.build(), region)).call();
            if (answer.httpResponse().statusCode() == NOT_FOUND) {
                return Optional.empty();
            }
            return Optional.of(read(operation, answer));
        } catch (IOException e) {
            throw new UncheckedIOException("S3 Files does not answer", e);
        }
    }

    private static URI host(Region region) {
        var dualStack = PartitionEndpointKey.builder().tags(EndpointTag.DUALSTACK).build();
        var suffix = PartitionMetadata.of(region).dnsSuffix(dualStack);
        return URI.create("https://%s.%s.%s".formatted(SERVICE, region.id(), suffix));
    }

    private static HttpExecuteRequest signed(SdkHttpRequest request, Region region) {
        var signed =
                AwsV4HttpSigner.create()
                        .sign(r ->
                                r.identity(
                                                DefaultCredentialsProvider.builder()
                                                        .build()
                                                        .resolveCredentials())
                                        .request(request)
                                        .putProperty(AwsV4HttpSigner.SERVICE_SIGNING_NAME, SERVICE)
                                        .putProperty(AwsV4HttpSigner.REGION_NAME, region.id()));
        return HttpExecuteRequest.builder().request(signed.request()).build();
    }

    private static JsonNode read(String operation, HttpExecuteResponse answer) throws IOException {
        var status = answer.httpResponse().statusCode();
        if (status == FORBIDDEN) {
            throw denied(operation, answer);
        }
        if (!answer.httpResponse().isSuccessful() || answer.responseBody().isEmpty()) {
            throw new NotYet("S3 Files answers " + operation + " with " + status);
        }
        try (var body = answer.responseBody().get()) {
            return Json.MAPPER.readTree(body);
        }
    }

    private static AwsServiceException denied(String operation, HttpExecuteResponse answer) {
        var code =
                answer.httpResponse()
                        .firstMatchingHeader("x-amzn-ErrorType")
                        .orElse("")
                        .replaceFirst(":.*", "");
        var failure =
                AwsServiceException.builder()
                        .statusCode(FORBIDDEN)
                        .awsErrorDetails(
                                AwsErrorDetails.builder()
                                        .serviceName(SERVICE)
                                        .errorCode(code)
                                        .build())
                        .build();
        FailedAction.mark(failure, SERVICE + ":" + operation);
        return failure;
    }
}
