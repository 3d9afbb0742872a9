package dev.efsautopilot.local.stack;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * What has been started, closed in the reverse order: when its owner closes it, or when the JVM is
 * asked to stop before that.
 */
final class Teardown implements AutoCloseable {

    private final Deque<AutoCloseable> started = new ArrayDeque<>();
    private final Thread hook = new Thread(this::closeAll, "teardown");
    private boolean closed;

    Teardown() {
        Runtime.getRuntime().addShutdownHook(hook);
    }

    /** Closes it later, or at once when everything is being closed already. */
    synchronized <T extends AutoCloseable> T add(T resource) {
        started.push(resource);
        if (closed) {
            closeAll();
            throw new StartFailure("stopped while it started");
        }
        return resource;
    }

    @Override
    public void close() {
        closeAll();
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // The JVM is stopping: the hook runs, or has run, and finds nothing left.
        }
    }

    private synchronized void closeAll() {
        closed = true;
        IllegalStateException failure = null;
        while (!started.isEmpty()) {
            try {
                started.pop().close();
            } catch (Exception e) {
                failure = failure == null ? new IllegalStateException("not all stopped") : failure;
                failure.addSuppressed(e);
            }
        }
        if (failure != null) {
            throw failure;
        }
    }
}
