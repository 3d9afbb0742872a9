package dev.efsautopilot.local.lambda;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.BlockingDeque;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One execution environment: a runtime process, its Runtime API, and the invocation that it works
 * on. It initialises, then takes one invocation after another from its function's queue until the
 * process ends or is killed for a timeout.
 */
final class Environment implements RuntimeApi.Turns, AutoCloseable {

    /**
     * Functions with SnapStart may initialise for 130 seconds.
     *
     * @see <a href="https://docs.aws.amazon.com/lambda/latest/dg/lambda-runtime-environment.html">
     *     Lambda execution environment lifecycle</a>
     */
    private static final Duration INIT_TIMEOUT = Duration.ofSeconds(130);

    /** An invocation that this environment has been given, and until when. */
    record Turn(Invocation invocation, Instant deadline, String functionArn) {}

    private final FunctionSpec function;
    private final BlockingDeque<Invocation> queue;
    private final PlatformLog log;
    private final long startedNanos = System.nanoTime();
    private final RuntimeApi api;
    private final Sandbox sandbox;
    private final CompletableFuture<Void> ended = new CompletableFuture<>();

    private boolean ready;
    private boolean closed;
    private Optional<String> initError = Optional.empty();
    private @Nullable Invocation current;
    private @Nullable Thread waiting;

    Environment(
            FunctionSpec function,
            BlockingDeque<Invocation> queue,
            Sandbox.Launcher launcher,
            PlatformLog log) {
        this.function = function;
        this.queue = queue;
        this.log = log;
        this.api = new RuntimeApi(this);
        this.sandbox = launcher.launch(function, api.address());
    }

    /** Watches the process: its end, and its time to initialise. */
    Environment watch() {
        var _ = sandbox.ended().thenAccept(this::exited);
        CompletableFuture.delayedExecutor(INIT_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS)
                .execute(this::killUnlessReady);
        return this;
    }

    /** Completes when the process is gone and its last invocation is answered. */
    CompletableFuture<Void> ended() {
        return ended;
    }

    synchronized boolean initialising() {
        return !ready && !closed;
    }

    @Override
    public void restored() {
        throw new IllegalStateException("environments here are started without SnapStart");
    }

    /** The process asks for its next event; the first time, it has initialised. */
    @Override
    public Turn next() throws InterruptedException {
        enter();
        Invocation taken = queue.takeFirst();
        synchronized (this) {
            waiting = null;
            if (closed) {
                queue.putFirst(taken);
                throw new InterruptedException("the process has ended");
            }
            current = taken;
        }
        Instant deadline = Instant.now().plus(function.timeout());
        var _ = expire(taken);
        return new Turn(taken, deadline, function.arn());
    }

    private synchronized void enter() throws InterruptedException {
        if (closed) {
            throw new InterruptedException("the process has ended");
        }
        if (!ready) {
            ready = true;
            log.initialised(function, since(startedNanos), "success");
        }
        waiting = Thread.currentThread();
    }

    private CompletableFuture<Void> expire(Invocation taken) {
        long began = System.nanoTime();
        long limit = function.timeout().toMillis();
        return taken.result()
                .copy()
                .orTimeout(limit, TimeUnit.MILLISECONDS)
                .handle((result, timedOut) -> {
                    if (timedOut != null && timeOut(taken)) {
                        log.invoked(function, taken, since(began), "timeout");
                    } else {
                        boolean returned = result instanceof Result.Returned;
                        log.invoked(function, taken, since(began), returned ? "success" : "error");
                    }
                    return null;
                });
    }

    private boolean timeOut(Invocation taken) {
        boolean late =
                taken.fail(
                        "Sandbox.Timedout",
                        "Task timed out after %.2f seconds"
                                .formatted(function.timeout().toMillis() / 1000.0));
        if (late) {
            sandbox.kill();
        }
        return late;
    }

    @Override
    public synchronized boolean finished(String requestId, Result result) {
        Invocation invocation = current;
        if (invocation == null || !invocation.requestId().equals(requestId)) {
            return false;
        }
        current = null;
        return invocation.result().complete(result);
    }

    @Override
    public synchronized void initFailed(String error) {
        initError = Optional.of(error);
    }

    private void killUnlessReady() {
        if (initialising()) {
            sandbox.kill();
        }
    }

    private void exited(int status) {
        synchronized (this) {
            closed = true;
            if (waiting != null) {
                waiting.interrupt();
            }
            // Lambda charges a failed init to the invocation that made it necessary.
            Invocation victim = ready ? current : queue.pollFirst();
            if (!ready) {
                log.initialised(function, since(startedNanos), "error");
            }
            if (victim != null) {
                var crash =
                        Result.Failed.of(
                                "Runtime.ExitError",
                                victim.requestId(),
                                "Runtime exited with error: exit status " + status);
                victim.result().complete(initError.<Result>map(Result.Failed::new).orElse(crash));
            }
        }
        api.close();
        ended.complete(null);
    }

    private static Duration since(long nanos) {
        return Duration.ofNanos(System.nanoTime() - nanos);
    }

    @Override
    public void close() {
        sandbox.kill();
        ended.join();
    }
}
