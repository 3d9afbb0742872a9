package dev.efsautopilot.local.lambda;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/** Two retries, and a queue for the events that are given up. */
final class KeptEvents implements EventFailures {

    private final BlockingQueue<String> kept = new LinkedBlockingQueue<>();

    @Override
    public EventInvokeConfig of(String function) {
        return new EventInvokeConfig(2, Duration.ofHours(1), Optional.of("arn:queue"));
    }

    @Override
    public void keep(String queueArn, String invocationRecord) {
        kept.add(invocationRecord);
    }

    /** Waits for the next one. */
    String take() throws InterruptedException {
        return kept.take();
    }

    boolean isEmpty() {
        return kept.isEmpty();
    }
}
