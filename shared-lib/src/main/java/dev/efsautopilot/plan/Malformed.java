package dev.efsautopilot.plan;

import java.util.Optional;
import java.util.stream.Stream;

/**
 * AWS finds that what was asked about can't exist: a name in the event or the request is none. To
 * ask again makes it no better, so that nobody retries it. It comes suppressed in what the SDK
 * throws, whose type is the SDK's own.
 */
public final class Malformed extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final String call;
    private final String code;

    /**
     * @param call the read that AWS refused, e.g. {@code DescribeTasks}
     * @param code AWS's error code, e.g. {@code InvalidParameterException}
     */
    public Malformed(String call, String code) {
        super(call + ": " + code);
        this.call = call;
        this.code = code;
    }

    /** What this failure says to whoever sent the name; empty where it is another failure. */
    public static Optional<Refusal> in(RuntimeException failure) {
        return Stream.of(failure.getSuppressed())
                .flatMap(found ->
                        found instanceof Malformed malformed
                                ? Stream.of(malformed)
                                : Stream.empty())
                .findFirst()
                .map(Malformed::refusal);
    }

    private Refusal refusal() {
        return Refusal.invalid(
                "request",
                "AWS finds a name in it malformed (" + code + " of " + call + ")",
                "write ids and ARNs of this account and region");
    }
}
