package dev.efsautopilot.diagnosis;

import dev.efsautopilot.aws.Denied;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Something that was read, or the reason why it was not.
 *
 * @param <T> what it is
 */
public sealed interface Fact<T> {

    /** It was read. */
    record Known<T>(T value) implements Fact<T> {}

    /** It was not, e.g. because IAM denied the read or the task's interface is gone. */
    record Unknown<T>(String why) implements Fact<T> {}

    /** The next fact, where this one is known. */
    default <U> Fact<U> then(Function<T, Fact<U>> next) {
        return switch (this) {
            case Known<T>(var value) -> next.apply(value);
            case Unknown<T>(var why) -> new Unknown<>(why);
        };
    }

    /** What this call gives; unknown where IAM denies it. Other failures are thrown. */
    static <T> Fact<T> read(Supplier<T> call) {
        try {
            return new Known<>(call.get());
        } catch (RuntimeException e) {
            return new Unknown<>("it could not be read: " + Denied.of(e).orElseThrow(() -> e));
        }
    }
}
