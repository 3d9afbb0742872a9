package dev.efsautopilot.local.lambda;

import java.time.Duration;
import java.util.Map;

/**
 * One version of a function as it is deployed: what {@code GetFunctionConfiguration} says of it.
 *
 * @param name the function's name, without a version
 * @param version a published version, or {@code $LATEST}
 * @param arn the ARN that was invoked
 * @param roleArn the role in which it calls AWS
 * @param handler the handler's class, as the runtime interface client takes it
 * @param timeout how long one invocation may take
 * @param memoryMb the memory size in MB, which sets the heap
 * @param environment the function's own environment variables
 */
public record FunctionSpec(
        String name,
        String version,
        String arn,
        String roleArn,
        String handler,
        Duration timeout,
        int memoryMb,
        Map<String, String> environment) {

    public FunctionSpec {
        environment = Map.copyOf(environment);
    }
}
