package dev.efsautopilot.aws;

import java.util.Optional;
import software.amazon.awssdk.awscore.exception.AwsServiceException;

/** Reads that IAM does not allow. */
public final class Denied {

    private Denied() {}

    /**
     * What was denied, e.g. {@code UnauthorizedOperation (Ec2)}; empty for every other failure. The
     * text of the error is left out: it may hold an encoded message.
     */
    public static Optional<String> of(RuntimeException failure) {
        return failure instanceof AwsServiceException error
                        && Errors.is(
                                error,
                                "AccessDenied",
                                "AccessDeniedException",
                                "UnauthorizedOperation")
                ? Optional.of(
                        error.awsErrorDetails().errorCode()
                                + " ("
                                + error.awsErrorDetails().serviceName()
                                + ")")
                : Optional.empty();
    }
}
