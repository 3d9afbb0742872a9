package dev.efsautopilot.local.gap;

import dev.efsautopilot.local.call.AwsCall;
import dev.efsautopilot.local.call.Response;

/**
 * {@code group} of RunTask: "The name of the task group to associate with the task. The default
 * value is the family name of the task definition (for example, family:my-family-name)." (Amazon
 * ECS API Reference)
 */
public final class RunTaskGroup implements Gap {
    @Override
    public Response answer(AwsCall call, Next next) {
        if (!call.is("ecs", "RunTask") || !call.parameter("group").isEmpty()) {
            return next.pass(call);
        }
        var family = call.parameter("taskDefinition").replaceAll(".*/", "").replaceAll(":.*", "");
        var parameters = call.parameters().deepCopy().put("group", "family:" + family);
        return next.pass(call.withParameters(parameters));
    }
}
