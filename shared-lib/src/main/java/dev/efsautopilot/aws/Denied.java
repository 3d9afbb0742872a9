package dev.efsautopilot.aws;

import java.util.Optional;
import software.amazon.awssdk.awscore.exception.AwsServiceException;

/** Reads that IAM does not allow. */
public final class Denied {

    private Denied() {}

    /**
     * What was denied, e.g. {@code ec2:DescribeVpcs was denied (UnauthorizedOperation)}; empty for
     * every other failure. The text of the error is left out: it may hold an encoded message.
     */
    public static Optional<String> of(RuntimeException failure) {
        return failure instanceof AwsServiceException error
                        && Errors.is(
                                error,
                                "AccessDenied",
                                "AccessDeniedException",
                                "UnauthorizedOperation")
                ? Optional.of(
                        FailedAction.of(failure).orElse("the call")
                                + " was denied ("
                                + error.awsErrorDetails().errorCode()
                                + ")")
                : Optional.empty();
    }
}
