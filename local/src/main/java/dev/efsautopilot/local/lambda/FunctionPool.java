package dev.efsautopilot.local.lambda;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingDeque;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingDeque;
import java.util.concurrent.TimeUnit;

/**
 * The environments of one function version and the queue in front of them. The first starts with
 * the first invocation; another one only when an invocation has waited and none is starting,
 * because two JVMs that start at once on a small machine are both late.
 */
final class FunctionPool implements AutoCloseable {

    private static final long PATIENCE_MS = 300;

    private final FunctionSpec function;
    private final int concurrency;
    private final Sandbox.Launcher launcher;
    private final PlatformLog log;
    private final BlockingDeque<Invocation> queue = new LinkedBlockingDeque<>();
    private final List<Environment> environments = new ArrayList<>();
    private final Executor later =
            CompletableFuture.delayedExecutor(PATIENCE_MS, TimeUnit.MILLISECONDS);

    private boolean closed;

    FunctionPool(
            FunctionSpec function, int concurrency, Sandbox.Launcher launcher, PlatformLog log) {
        this.function = function;
        this.concurrency = concurrency;
        this.launcher = launcher;
        this.log = log;
    }

    CompletableFuture<Result> submit(Invocation invocation) {
        queue.addLast(invocation);
        startFirst();
        later.execute(() -> startAnotherFor(invocation));
        return invocation.result();
    }

    private synchronized void startFirst() {
        if (environments.isEmpty() && !queue.isEmpty() && !closed) {
            start();
        }
    }

    private synchronized void startAnotherFor(Invocation invocation) {
        if (closed || environments.size() >= concurrency || !queue.contains(invocation)) {
            return;
        }
        if (environments.stream().noneMatch(Environment::initialising)) {
            start();
        }
        later.execute(() -> startAnotherFor(invocation));
    }

    private void start() {
        Environment environment = new Environment(function, queue, launcher, log);
        environments.add(environment);
        var _ = environment.ended().thenRun(() -> gone(environment));
        environment.watch();
    }

    private void gone(Environment environment) {
        synchronized (this) {
            environments.remove(environment);
        }
        startFirst();
    }

    @Override
    public void close() {
        List<Environment> running;
        synchronized (this) {
            closed = true;
            running = List.copyOf(environments);
        }
        running.forEach(Environment::close);
    }
}
