package dev.efsautopilot.aws;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.core.interceptor.SdkExecutionAttribute;

/**
 * Lets an error say which action failed, e.g. {@code ec2:DescribeVpcs}. AWS says that in the text
 * of an error only, which may be an encoded message.
 */
final class FailedAction implements ExecutionInterceptor {

    /** The action, attached to the error as suppressed. */
    private static final class Mark extends RuntimeException {

        private static final long serialVersionUID = 1;

        private Mark(String action) {
            super(action, null, false, false);
        }
    }

    /** The action that failed; empty for what no AWS call threw. */
    static Optional<String> of(RuntimeException failure) {
        return Arrays.stream(failure.getSuppressed())
                .flatMap(one -> one instanceof Mark mark ? Stream.of(mark) : Stream.empty())
                .map(mark -> String.valueOf(mark.getMessage()))
                .findFirst();
    }

    /** Lets a failure say that it is this action's. */
    static void mark(Throwable failure, String action) {
        failure.addSuppressed(new Mark(action));
    }

    @Override
    public Throwable modifyException(
            Context.FailedExecution context, ExecutionAttributes attributes) {
        var failure = context.exception();
        var operation = attributes.getAttribute(SdkExecutionAttribute.OPERATION_NAME);
        mark(failure, prefix(attributes) + ":" + operation);
        return failure;
    }

    /** As IAM names the service. */
    private static String prefix(ExecutionAttributes attributes) {
        var service =
                attributes
                        .getAttribute(SdkExecutionAttribute.SERVICE_NAME)
                        .toLowerCase(Locale.ROOT);
        return switch (service) {
            case "efs" -> "elasticfilesystem";
            case "eventbridge" -> "events";
            default -> service;
        };
    }
}
