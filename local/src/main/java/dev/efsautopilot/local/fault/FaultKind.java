package dev.efsautopilot.local.fault;

import java.util.Locale;

/** What can go wrong with one call of a function. */
public enum FaultKind {
    /** The service says that it is called too often; nothing was done. */
    THROTTLING,
    /** 500 in the service's shape; nothing was done. */
    INTERNAL_ERROR,
    /** 503 in the service's shape; nothing was done. */
    UNAVAILABLE,
    /** The call took effect, and its answer never arrives: what a timeout looks like afterwards. */
    LOST_ANSWER,
    /** The connection ends before the call was read; nothing was done. */
    RESET,
    /** The answer takes its time. */
    SLOW,
    /**
     * A read shows what it showed some seconds before. Where no such answer is known, and for reads
     * of DynamoDB that ask for consistency, nothing happens.
     */
    STALE_READ,
    /** Access denied in the service's shape. */
    DENIED,
    /**
     * What the call wants to make is one too many. Calls without a quota of their own are left
     * alone.
     */
    QUOTA,
    /** The function's process is killed before the call is made. */
    KILLED_BEFORE,
    /** The function's process is killed after the call took effect, and before it learns so. */
    KILLED_AFTER;

    /** Its name in the record of calls, such as {@code lost-answer}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
