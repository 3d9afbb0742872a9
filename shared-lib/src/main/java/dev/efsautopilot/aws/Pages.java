package dev.efsautopilot.aws;

import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Calls that take so many names at most. */
final class Pages {

    private Pages() {}

    /** All of them, in their order, at most so many at once. */
    static <T> Stream<List<T>> of(List<T> all, int most) {
        return IntStream.iterate(0, from -> from < all.size(), from -> from + most)
                .mapToObj(from -> all.subList(from, Math.min(from + most, all.size())));
    }
}
