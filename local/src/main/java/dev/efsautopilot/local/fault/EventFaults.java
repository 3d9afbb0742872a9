package dev.efsautopilot.local.fault;

import dev.efsautopilot.local.call.EventQueue;
import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A bus that loses, repeats, reorders and keeps back events: a quarter of the share each. Safe for
 * use by several threads.
 */
public final class EventFaults implements EventQueue.Delivery {

    private static final Duration PAST_THE_HOUR = Duration.ofMinutes(90);
    private static final int LATEST_MILLIS = 3000;

    private final long seed;
    private final double share;
    private final AtomicInteger number = new AtomicInteger();
    private final AtomicInteger met = new AtomicInteger();

    /**
     * @param share of all events, from 0 to 1
     */
    public EventFaults(long seed, double share) {
        this.seed = seed;
        this.share = share;
    }

    /** How many events did not come once and at once. */
    public int count() {
        return met.get();
    }

    @Override
    public List<Duration> copies(String detailType) {
        var fate = new SplittableRandom(seed * 31 + number.incrementAndGet()).split();
        if (fate.nextDouble() >= share) {
            return List.of(Duration.ZERO);
        }
        met.incrementAndGet();
        var late = Duration.ofMillis(1 + fate.nextInt(LATEST_MILLIS));
        return switch (fate.nextInt(4)) {
            case 0 -> List.of();
            case 1 -> List.of(Duration.ZERO, late);
            case 2 -> List.of(late);
            default -> List.of(PAST_THE_HOUR);
        };
    }
}
