package dev.efsautopilot.local.call;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class BackgroundTest {
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final Background background = new Background();
    private final BlockingQueue<String> told = new LinkedBlockingQueue<>();
    private final BlockingQueue<Thread> begun = new LinkedBlockingQueue<>();
    private Thread.UncaughtExceptionHandler before;

    @BeforeEach
    void somebody_hears_what_nobody_catches() {
        before = Thread.getDefaultUncaughtExceptionHandler();
        Thread.setDefaultUncaughtExceptionHandler(
                (thread, failure) -> told.add(thread.getName() + ": " + failure.getMessage()));
    }

    @AfterEach
    void as_before() {
        Thread.setDefaultUncaughtExceptionHandler(before);
        background.close();
    }

    @Test
    void what_fails_is_told() throws InterruptedException {
        background.start(
                "failing",
                () -> {
                    throw new IllegalStateException("no answer");
                });

        assertThat(told.poll(PATIENCE.toSeconds(), TimeUnit.SECONDS))
                .isEqualTo("failing: no answer");
    }

    @Test
    void what_fails_because_it_is_closed_ends_quietly() throws InterruptedException {
        background.start("waiting", () -> waiting(false));
        background.start("sending", () -> waiting(true));
        var one = begun.take();
        var other = begun.take();

        background.close();

        assertThat(one.join(PATIENCE)).isTrue();
        assertThat(other.join(PATIENCE)).isTrue();
        assertThat(told).noneMatch(line -> line.contains("ing: "));
    }

    @Test
    void nothing_begins_once_it_is_closed() {
        background.close();

        background.start("late", () -> begun.add(Thread.currentThread()));

        assertThat(begun).isEmpty();
    }

    /** Clients wrap the interruption. */
    private void waiting(boolean wrapped) throws InterruptedException {
        begun.add(Thread.currentThread());
        try {
            new CountDownLatch(1).await();
        } catch (InterruptedException e) {
            if (wrapped) {
                throw new IllegalStateException("interrupted", e);
            }
            throw e;
        }
    }
}
