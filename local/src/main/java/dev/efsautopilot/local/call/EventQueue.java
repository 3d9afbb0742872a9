package dev.efsautopilot.local.call;

import com.fasterxml.jackson.databind.JsonNode;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
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

    private final Upstream upstream;
    private final String source;
    private final List<BiConsumer<String, JsonNode>> listeners = new CopyOnWriteArrayList<>();
    private final List<Predicate<JsonNode>> lost = new CopyOnWriteArrayList<>();
    private final ScheduledExecutorService queue =
            Executors.newSingleThreadScheduledExecutor(
                    Thread.ofPlatform().daemon().name("gateway-events").factory());

    public EventQueue(Upstream upstream, String source) {
        this.upstream = upstream;
        this.source = source;
    }

    /**
     * Puts an event after a delay; one that can't be put is logged, as AWS gives no more either.
     */
    public void put(String detailType, List<String> resources, JsonNode detail, Duration delay) {
        Runnable put =
                () -> {
                    try {
                        listeners.forEach(listener -> listener.accept(detailType, detail));
                        upstream.putEvent(source, detailType, resources, detail);
                    } catch (RuntimeException e) {
                        if (!queue.isShutdown()) {
                            LOG.log(Level.WARNING, "event lost: " + detailType, e);
                        }
                    }
                };
        if (!queue.isShutdown() && lost.stream().noneMatch(fits -> fits.test(detail))) {
            var _ = queue.schedule(put, delay.toNanos(), TimeUnit.NANOSECONDS);
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
