package dev.efsautopilot.local.user;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

/** Waiting for what others bring about: by asking, until a deadline. */
public final class Await {

    private static final Duration PAUSE = Duration.ofMillis(100);

    private Await() {}

    /**
     * Asks until there is an answer.
     *
     * @param what what is waited for, in words
     * @param atMost how long
     * @throws TimedOut where there was none in time
     */
    public static <T> T until(String what, Duration atMost, Supplier<Optional<T>> question) {
        var deadline = Instant.now().plus(atMost);
        while (true) {
            var answer = question.get();
            if (answer.isPresent()) {
                return answer.get();
            }
            if (Instant.now().isAfter(deadline)) {
                throw new TimedOut("waited " + atMost.toSeconds() + " s in vain for " + what);
            }
            LockSupport.parkNanos(PAUSE.toNanos());
        }
    }

    /** Asks until it is so. */
    public static void untilTrue(String what, Duration atMost, Supplier<Boolean> question) {
        until(what, atMost, () -> Optional.of(question.get()).filter(so -> so));
    }

    /** Looks on for a while, in which it must stay so. */
    public static boolean stays(Duration duration, Supplier<Boolean> question) {
        var end = System.nanoTime() + duration.toNanos();
        while (System.nanoTime() < end) {
            if (!question.get()) {
                return false;
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(100));
        }
        return question.get();
    }

    /** What was waited for did not come. */
    public static final class TimedOut extends RuntimeException {
        TimedOut(String message) {
            super(message);
        }
    }
}
