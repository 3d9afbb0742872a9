package dev.efsautopilot.local.lambda;

/** The catalog has no such function, or can't be read. */
public final class UnknownFunctionException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /**
     * A function that is not there.
     *
     * @param wanted what was asked for
     * @param reason what the catalog said
     */
    public UnknownFunctionException(FunctionVersion wanted, String reason) {
        super(wanted.name() + ":" + wanted.version() + ": " + reason);
    }

    @Override
    public String getMessage() {
        return String.valueOf(super.getMessage());
    }
}
