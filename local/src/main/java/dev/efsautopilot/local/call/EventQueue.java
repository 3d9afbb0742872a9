package dev.efsautopilot.local.call;

import com.fasterxml.jackson.databind.JsonNode;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BiConsumer;
import java.util.function.Predicate;

/**
 * Puts the events that AWS would emit on the default bus, in the order in which they happened.
 *
 * <p>PutEvents refuses sources that begin with {@code aws.}: they carry the source of the options
 * instead.
 */
public final class EventQueue implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(EventQueue.class.getName());

    private static final Duration HOUR = Duration.ofHours(1);

    private final Upstream upstream;
    private final String source;
    private final List<BiConsumer<String, JsonNode>> listeners = new CopyOnWriteArrayList<>();
    private final List<Predicate<JsonNode>> lost = new CopyOnWriteArrayList<>();
    private final ScheduledExecutorService queue =
            Executors.newSingleThreadScheduledExecutor(
                    Thread.ofPlatform().daemon().name("gateway-events").factory());

    private final AtomicReference<Delivery> delivery = new AtomicReference<>(Delivery.RELIABLE);
    private final Queue<Runnable> held = new ConcurrentLinkedQueue<>();

    /** How reliably events reach the bus. */
    @FunctionalInterface
    public interface Delivery {
        /** Each event once and at once. */
        Delivery RELIABLE = _ -> List.of(Duration.ZERO);

        /**
         * How late each copy of an event is put on the bus; none for an event that is lost. A copy
         * that is more than an hour late comes when the next kind of delivery begins.
         */
        List<Duration> copies(String detailType);
    }

    public EventQueue(Upstream upstream, String source) {
        this.upstream = upstream;
        this.source = source;
    }

    /**
     * Puts an event after a delay; one that can't be put is logged, as AWS gives no more either.
     */
    public void put(String detailType, List<String> resources, JsonNode detail, Duration delay) {
        if (lost.stream().anyMatch(fits -> fits.test(detail))) {
            return;
        }
        Runnable put = () -> upstream.putEvent(source, detailType, resources, detail);
        later(
                () -> {
                    listeners.forEach(listener -> listener.accept(detailType, detail));
                    for (var late : delivery.get().copies(detailType)) {
                        if (late.isZero()) {
                            put.run();
                        } else if (late.compareTo(HOUR) > 0) {
                            held.add(put);
                        } else {
                            later(put, late);
                        }
                    }
                },
                delay);
    }

    /** Delivers like this from now on, and now what was more than an hour late. */
    public void deliver(Delivery value) {
        delivery.set(value);
        for (var put = held.poll(); put != null; put = held.poll()) {
            later(put, Duration.ZERO);
        }
    }

    private void later(Runnable work, Duration delay) {
        Runnable logged =
                () -> {
                    try {
                        work.run();
                    } catch (RuntimeException e) {
                        if (!queue.isShutdown()) {
                            LOG.log(Level.WARNING, "event lost", e);
                        }
                    }
                };
        if (!queue.isShutdown()) {
            var _ = queue.schedule(logged, delay.toNanos(), TimeUnit.NANOSECONDS);
        }
    }

    /** Loses, from now on, the events whose detail fits: nobody hears of them. */
    public void lose(Predicate<JsonNode> fits) {
        lost.add(fits);
    }

    /** Tells the listener of each event from now on, its detail type and its detail: be quick. */
    public void addListener(BiConsumer<String, JsonNode> listener) {
        listeners.add(listener);
    }

    @Override
    public void close() {
        queue.shutdownNow();
    }
}
