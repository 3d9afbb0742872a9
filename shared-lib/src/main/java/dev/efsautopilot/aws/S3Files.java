package dev.efsautopilot.aws;

import com.fasterxml.jackson.databind.JsonNode;
import dev.efsautopilot.json.Json;
import dev.efsautopilot.plan.NotYet;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.http.HttpExecuteRequest;
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
 * Amazon S3 Files, of which the SDK at hand has no client: the one call that is needed is signed
 * and read here. Path, names, signing name and host are those of its API model (2025-05-05,
 * restJson1).
 */
public final class S3Files {

    private static final String SERVICE = "s3files";
    private static final int NOT_FOUND = 404;

    private final SdkHttpClient http;
    private final Optional<URI> endpoint;

    S3Files(SdkHttpClient http, Optional<URI> endpoint) {
        this.http = http;
        this.endpoint = endpoint;
    }

    /** Whether this is the ARN of a file system on S3 Files, or of an access point of one. */
    public static boolean names(String id) {
        return id.startsWith("arn:") && id.contains(":" + SERVICE + ":");
    }

    /** The file system of an access point's ARN, and a file system's own. */
    public static String fileSystem(String arn) {
        return arn.replaceFirst("/access-point/.*", "");
    }

    /**
     * The mount targets of a file system ({@code ListMountTargets}); a VPC has no more of them than
     * zones, which is one page.
     *
     * @return without their zones and security groups, which their network interfaces tell
     * @throws NotYet where S3 Files does not answer as it should
     */
    public List<MountTarget> mountTargets(String fileSystemArn) {
        var region = DefaultAwsRegionProviderChain.builder().build().getRegion();
        var request =
                SdkHttpRequest.builder()
                        .method(SdkHttpMethod.GET)
                        .uri(endpoint.orElseGet(() -> host(region)))
                        .encodedPath("/mount-targets")
                        .putRawQueryParameter("fileSystemId", fileSystemArn)
                        .build();
        return Json.list(answer(request, region), "mountTargets").stream()
                .map(target -> target(fileSystemArn, target))
                .toList();
    }

    private static URI host(Region region) {
        var dualStack = PartitionEndpointKey.builder().tags(EndpointTag.DUALSTACK).build();
        var suffix = PartitionMetadata.of(region).dnsSuffix(dualStack);
        return URI.create("https://%s.%s.%s".formatted(SERVICE, region.id(), suffix));
    }

    private JsonNode answer(SdkHttpRequest request, Region region) {
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
        var call = HttpExecuteRequest.builder().request(signed.request()).build();
        try {
            var answer = http.prepareRequest(call).call();
            var status = answer.httpResponse().statusCode();
            if (status == NOT_FOUND) {
                return Json.MAPPER.createObjectNode();
            }
            if (!answer.httpResponse().isSuccessful() || answer.responseBody().isEmpty()) {
                throw new NotYet("S3 Files answers ListMountTargets with " + status);
            }
            try (var body = answer.responseBody().get()) {
                return Json.MAPPER.readTree(body);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("S3 Files does not answer", e);
        }
    }

    private static MountTarget target(String fileSystemArn, JsonNode target) {
        return new MountTarget(
                Json.text(target, "mountTargetId"),
                fileSystemArn,
                Json.text(target, "status").toLowerCase(Locale.ROOT),
                "",
                Json.text(target, "vpcId"),
                Json.text(target, "subnetId"),
                Json.text(target, "networkInterfaceId"),
                Json.text(target, "ipv4Address"),
                Json.text(target, "ipv6Address"));
    }
}
