package dev.efsautopilot.local.cli;

import java.net.ConnectException;
import java.net.UnknownHostException;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.regions.providers.DefaultAwsRegionProviderChain;

/**
 * What a command needs to ask AWS: a region, credentials and perhaps an endpoint. The SDK's own
 * words for what is missing fill a screen and name no remedy.
 */
final class Account {

    private static final String ENDPOINT = "AWS_ENDPOINT_URL";

    private static final Pattern REGION = Pattern.compile("[a-z]{2}(-[a-z]+)+-\\d+");

    private Account() {}

    /**
     * Looks whether all of it is there, before anything is asked.
     *
     * @throws SdkClientException that says what is missing and how to give it
     */
    static void check() {
        var endpoint = System.getenv(ENDPOINT);
        if (endpoint != null && !endpoint.matches("https?://[^/\\s]+.*")) {
            throw wrong(
                    "%s is '%s': write http:// or https:// and a host"
                            .formatted(ENDPOINT, endpoint));
        }
        var region = found(() -> DefaultAwsRegionProviderChain.builder().build().getRegion().id());
        if (region.isEmpty()) {
            throw wrong("no region is set: set AWS_REGION, or region in the profile");
        }
        if (!REGION.matcher(region.get()).matches()) {
            throw wrong(
                    "'%s' is no region: set AWS_REGION to one such as eu-west-1"
                            .formatted(region.get()));
        }
        try (var credentials = DefaultCredentialsProvider.builder().build()) {
            if (found(credentials::resolveCredentials).isEmpty()) {
                throw wrong(
                        "no credentials are set: set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or"
                                + " AWS_PROFILE to a profile that has some");
            }
        }
    }

    /** Why AWS could not be asked, in a line. */
    static String words(SdkException failure) {
        var causes =
                Stream.<Throwable>iterate(failure, cause -> cause != null, Throwable::getCause);
        return causes.flatMap(cause -> unreachable(cause).stream())
                .findFirst()
                .orElseGet(() -> String.valueOf(failure.getMessage()));
    }

    private static Optional<String> unreachable(Throwable cause) {
        return switch (cause) {
            case UnknownHostException host ->
                    Optional.of(
                            "there is no host %s: is the region right, or %s, and is there a network?"
                                    .formatted(host.getMessage(), ENDPOINT));
            case ConnectException _ ->
                    Optional.of(
                            "nothing answers at %s: is it running?"
                                    .formatted(System.getenv().getOrDefault(ENDPOINT, "AWS")));
            default -> Optional.empty();
        };
    }

    private interface Question<T> {
        T ask();
    }

    private static <T> Optional<T> found(Question<T> question) {
        try {
            return Optional.of(question.ask());
        } catch (SdkClientException _) {
            return Optional.empty();
        }
    }

    private static SdkClientException wrong(String words) {
        return SdkClientException.create(words);
    }
}
