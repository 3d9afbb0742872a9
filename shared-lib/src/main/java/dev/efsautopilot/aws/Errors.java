package dev.efsautopilot.aws;

import java.util.List;
import software.amazon.awssdk.awscore.exception.AwsServiceException;

/** AWS's errors are told apart by their code, never by their text. */
final class Errors {

    private Errors() {}

    /** Whether the error's code is one of these. */
    static boolean is(AwsServiceException error, String... codes) {
        var details = error.awsErrorDetails();
        // What is not AWS's own answer, e.g. a proxy's, may have no code.
        return details != null
                && details.errorCode() != null
                && List.of(codes).contains(details.errorCode());
    }
}
