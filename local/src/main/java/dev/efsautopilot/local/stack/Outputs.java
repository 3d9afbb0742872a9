package dev.efsautopilot.local.stack;

import java.net.URI;
import java.util.Map;
import java.util.stream.Collectors;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.cloudformation.CloudFormationClient;
import software.amazon.awssdk.services.cloudformation.model.Output;

/** Reads what a deployed stack tells. */
final class Outputs {

    private Outputs() {}

    /** The outputs of one stack, by name. */
    static Map<String, String> of(String stackName, URI endpoint, String region) {
        try (CloudFormationClient cloudFormation =
                CloudFormationClient.builder()
                        .endpointOverride(endpoint)
                        .region(Region.of(region))
                        .credentialsProvider(
                                StaticCredentialsProvider.create(
                                        AwsBasicCredentials.create("local", "local")))
                        .httpClient(UrlConnectionHttpClient.create())
                        .build()) {
            return cloudFormation
                    .describeStacks(request -> request.stackName(stackName))
                    .stacks()
                    .getFirst()
                    .outputs()
                    .stream()
                    .collect(Collectors.toUnmodifiableMap(Output::outputKey, Output::outputValue));
        }
    }
}
