package dev.efsautopilot.local.stack;

/** The local AWS can't start, for a reason that its user can do something about. */
public final class StartFailure extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /**
     * A failure with nothing more to tell than its message.
     *
     * @param message what is wrong and what helps, for a terminal
     */
    public StartFailure(String message) {
        super(message);
    }

    StartFailure(String message, Throwable cause) {
        super(message, cause);
    }
}
