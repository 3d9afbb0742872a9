package dev.efsautopilot.stop;

import java.util.Locale;

/** What kind of end a task came to, which decides whether running it again can help. */
public enum StopClass {
    /** AWS took or could not give what the task runs on. */
    INFRASTRUCTURE,
    /** A file system could not be mounted. */
    STORAGE,
    /** A container of the task failed by itself. */
    APPLICATION,
    /** A container was killed for the memory that it used. */
    OUT_OF_MEMORY,
    /** The task did its work: exit code 0. */
    DONE,
    /** Somebody, or a service's scheduler, stopped it on purpose. */
    WANTED,
    /** It will fail the same way until a person changes something. */
    HOPELESS,
    /** Nothing in the table says why. */
    UNKNOWN;

    /** The name in logs, events and answers, e.g. {@code out-of-memory}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
