package dev.efsautopilot.nfsingress;

import dev.efsautopilot.event.ApiCall;

/**
 * Calls that this stack's functions made. CloudFormation names a function's role after the stack
 * and the function's logical id.
 *
 * @param stackName the stack
 */
record OwnCalls(String stackName) {

    boolean made(ApiCall call) {
        return call.callerRoleArn()
                .map(arn -> arn.substring(arn.lastIndexOf('/') + 1))
                .filter(role -> role.startsWith(stackName + "-") && role.contains("FunctionRole"))
                .isPresent();
    }
}
