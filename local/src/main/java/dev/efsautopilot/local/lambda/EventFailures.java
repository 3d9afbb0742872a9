package dev.efsautopilot.local.lambda;

/** What is configured for the events that a function can't take, and the queues they end in. */
public interface EventFailures {

    /** How often a function's events are tried again, and where they go then. */
    EventInvokeConfig of(String function);

    /** Sends the record of an event that is given up to a queue. */
    void keep(String queueArn, String invocationRecord);
}
