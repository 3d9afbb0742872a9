package dev.efsautopilot.local.stack;

import dev.efsautopilot.local.user.SdkClients;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.cloudformation.CloudFormationClient;
import software.amazon.awssdk.services.cloudformation.model.CloudFormationException;
import software.amazon.awssdk.services.cloudformation.model.Output;
import software.amazon.awssdk.services.cloudformation.model.StackEvent;

/** What CloudFormation says of a stack. */
final class DeployedStack implements AutoCloseable {

    /** The emulator writes URLs of its own port, which users need not know. */
    private static final Pattern EMULATOR =
            Pattern.compile("^http://(localhost|127\\.0\\.0\\.1):\\d+");

    private final CloudFormationClient cloudFormation;
    private final URI endpoint;
    private final String name;

    DeployedStack(String name, URI endpoint, String region) {
        this.name = name;
        this.endpoint = endpoint;
        this.cloudFormation = new SdkClients(endpoint, region).make(CloudFormationClient.builder());
    }

    String name() {
        return name;
    }

    /** Its outputs, by name; URLs of the local AWS are the endpoint's. */
    Map<String, String> outputs() {
        return cloudFormation
                .describeStacks(request -> request.stackName(name))
                .stacks()
                .getFirst()
                .outputs()
                .stream()
                .collect(Collectors.toUnmodifiableMap(Output::outputKey, this::value));
    }

    private String value(Output output) {
        return EMULATOR.matcher(output.outputValue()).replaceFirst(endpoint.toString());
    }

    /** A line for each resource that failed, the first one first; empty when there is no stack. */
    List<String> failures() {
        try {
            return cloudFormation
                    .describeStackEventsPaginator(request -> request.stackName(name))
                    .stackEvents()
                    .stream()
                    .filter(event -> event.resourceStatusAsString().endsWith("_FAILED"))
                    .map(DeployedStack::line)
                    .toList()
                    .reversed();
        } catch (CloudFormationException e) {
            if ("ValidationError".equals(e.awsErrorDetails().errorCode())) {
                return List.of();
            }
            throw e;
        }
    }

    private static String line(StackEvent event) {
        return "%s (%s) %s: %s"
                .formatted(
                        event.logicalResourceId(),
                        event.resourceType(),
                        event.resourceStatusAsString(),
                        event.resourceStatusReason());
    }

    @Override
    public void close() {
        cloudFormation.close();
    }
}
