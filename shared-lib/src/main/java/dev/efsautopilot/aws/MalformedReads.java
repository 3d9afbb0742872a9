package dev.efsautopilot.aws;

import dev.efsautopilot.plan.Malformed;
import java.util.Set;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.SdkRequest;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;

/**
 * Tells what AWS finds malformed from what failed. Of reads only: what they are asked comes from an
 * event or a request. A write that AWS finds malformed is a mistake of ours, and fails.
 */
final class MalformedReads implements ExecutionInterceptor {

    private static final Set<String> CODES =
            Set.of(
                    "InvalidParameterException",
                    "InvalidParameterValue",
                    "ValidationException",
                    "BadRequest");

    @Override
    public Throwable modifyException(
            Context.FailedExecution context, ExecutionAttributes attributes) {
        if (context.exception() instanceof AwsServiceException failure
                && isRead(context.request())
                && isMalformed(code(failure))) {
            failure.addSuppressed(new Malformed(name(context.request()), code(failure)));
        }
        return context.exception();
    }

    private static String name(SdkRequest request) {
        return request.getClass().getSimpleName().replaceFirst("Request$", "");
    }

    private static boolean isRead(SdkRequest request) {
        return name(request).matches("(Describe|List|Get|Simulate).*");
    }

    private static String code(AwsServiceException failure) {
        var details = failure.awsErrorDetails();
        return details == null || details.errorCode() == null ? "" : details.errorCode();
    }

    private static boolean isMalformed(String code) {
        return CODES.contains(code) || code.endsWith(".Malformed");
    }
}
