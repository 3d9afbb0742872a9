package dev.efsautopilot.plan;

/**
 * What is asked can't be done now and is likely to be possible soon. Thrown, so that Lambda's
 * asynchronous retry (or the HTTP caller, who gets 503) tries again.
 */
public final class NotYet extends RuntimeException {

    /**
     * @param what what is waited for, with its id and its state
     */
    public NotYet(String what) {
        super(what);
    }
}
