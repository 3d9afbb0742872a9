package dev.efsautopilot.local.call;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * What waits and sends on threads of its own. Once closed, all of it is interrupted and ends
 * quietly: whoever it would have called may be gone before it.
 */
public final class Background implements AutoCloseable {

    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    /** Something to be done, which may wait. */
    @FunctionalInterface
    public interface Work {
        void run() throws InterruptedException;
    }

    /**
     * Does something on a thread of this name; nothing once closed. What fails before that is told
     * like any exception that nobody catches.
     */
    public synchronized void start(String name, Work work) {
        if (!threads.isShutdown()) {
            threads.execute(() -> {
                Thread.currentThread().setName(name);
                run(work);
            });
        }
    }

    private void run(Work work) {
        try {
            work.run();
        } catch (InterruptedException closed) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            if (!threads.isShutdown()) {
                throw e;
            }
        }
    }

    @Override
    public synchronized void close() {
        threads.shutdownNow();
    }
}
