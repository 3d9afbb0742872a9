package dev.efsautopilot.plan;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * A value, or the reason why there is none.
 *
 * @param <T> the value's type
 */
public sealed interface Result<T> {

    /** There is a value. */
    record Ok<T>(T value) implements Result<T> {}

    /** There is none. */
    record Refused<T>(Refusal refusal) implements Result<T> {}

    /** A value. */
    static <T> Result<T> ok(T value) {
        return new Ok<>(value);
    }

    /** A reason. */
    static <T> Result<T> refused(Refusal refusal) {
        return new Refused<>(refusal);
    }

    /** The result of the next question, where this one has a value. */
    default <U> Result<U> then(Function<T, Result<U>> next) {
        return switch (this) {
            case Ok<T>(var value) -> next.apply(value);
            case Refused<T>(var refusal) -> refused(refusal);
        };
    }

    /** The values of all of these; the first reason where one has none. */
    static <T> Result<List<T>> all(List<Result<T>> results) {
        var values = new ArrayList<T>();
        for (var result : results) {
            switch (result) {
                case Ok<T>(var value) -> values.add(value);
                case Refused<T>(var refusal) -> {
                    return refused(refusal);
                }
            }
        }
        return ok(List.copyOf(values));
    }
}
