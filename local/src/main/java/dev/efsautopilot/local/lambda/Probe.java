package dev.efsautopilot.local.lambda;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One runtime process, of any language, under the Runtime API, and the times that it takes: for
 * whoever measures functions, and for tests of what they do before a snapshot.
 */
public final class Probe implements RuntimeApi.Turns, AutoCloseable {

    private static final long PATIENCE_SECONDS = 60;

    private final String arn;
    private final BlockingQueue<Invocation> events = new LinkedBlockingQueue<>();
    private final CompletableFuture<Duration> snapshot = new CompletableFuture<>();
    private final CompletableFuture<Duration> ready = new CompletableFuture<>();
    private final RuntimeApi api = new RuntimeApi(this);
    private final long began;
    private final Process process;
    private @Nullable Invocation current;

    private Probe(String arn, Function<String, ProcessBuilder> command) {
        this.arn = arn;
        var builder = command.apply(api.address());
        began = System.nanoTime();
        try {
            process = builder.start();
        } catch (IOException e) {
            api.close();
            throw new UncheckedIOException("can't start " + arn, e);
        }
        var _ = process.onExit().thenRun(this::ended);
    }

    /**
     * Starts a process.
     *
     * @param arn the ARN that its events are sent to
     * @param command how to start it, by the {@code host:port} of its Runtime API
     */
    public static Probe start(String arn, Function<String, ProcessBuilder> command) {
        return new Probe(arn, command);
    }

    /** From the start to the moment at which SnapStart would take its snapshot. */
    public Duration snapshot() {
        return snapshot.orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS).join();
    }

    /** From the start to the first request for an event. */
    public Duration ready() {
        return ready.orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS).join();
    }

    /**
     * Hands over an event and waits for its end.
     *
     * @return how long it took
     * @throws IllegalStateException where the function failed
     */
    public Duration invoke(String event) {
        var invocation = new Invocation(UUID.randomUUID().toString(), event, "");
        var start = System.nanoTime();
        events.add(invocation);
        var result = invocation.result().orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS).join();
        var took = since(start);
        return switch (result) {
            case Result.Returned _ -> took;
            case Result.Failed(var error) -> throw new IllegalStateException(arn + ": " + error);
        };
    }

    /** The process. */
    public ProcessHandle process() {
        return process.toHandle();
    }

    @Override
    public void restored() {
        snapshot.complete(since(began));
    }

    @Override
    public Environment.Turn next() throws InterruptedException {
        ready.complete(since(began));
        var invocation = events.take();
        synchronized (this) {
            current = invocation;
        }
        return new Environment.Turn(invocation, Instant.now().plusSeconds(PATIENCE_SECONDS), arn);
    }

    @Override
    public synchronized boolean finished(String requestId, Result result) {
        var invocation = current;
        return invocation != null
                && invocation.requestId().equals(requestId)
                && invocation.result().complete(result);
    }

    @Override
    public void initFailed(String error) {
        var failure = new IllegalStateException(arn + " did not start: " + error);
        snapshot.completeExceptionally(failure);
        ready.completeExceptionally(failure);
    }

    private void ended() {
        initFailed("its process has ended");
        synchronized (this) {
            if (current != null) {
                current.fail("Runtime.ExitError", "the process has ended");
            }
        }
    }

    private static Duration since(long nanos) {
        return Duration.ofNanos(System.nanoTime() - nanos);
    }

    @Override
    public void close() {
        process.destroyForcibly();
        process.onExit().join();
        api.close();
    }
}
