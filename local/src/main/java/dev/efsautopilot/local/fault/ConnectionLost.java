package dev.efsautopilot.local.fault;

/** The caller gets no answer: its connection ends. */
public final class ConnectionLost extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public ConnectionLost() {
        super("no answer is given", null, false, false);
    }
}
