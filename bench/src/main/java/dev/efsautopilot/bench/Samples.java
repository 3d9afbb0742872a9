package dev.efsautopilot.bench;

import java.util.ArrayList;
import java.util.List;

/** What was measured of one thing, again and again, in milliseconds or whatever its name says. */
final class Samples {

    private final List<Double> values = new ArrayList<>();

    void add(double value) {
        values.add(value);
    }

    double median() {
        return percentile(50);
    }

    /** The smallest value that so many of a hundred are not above; NaN where there is none. */
    double percentile(int percent) {
        if (values.isEmpty()) {
            return Double.NaN;
        }
        var sorted = values.stream().sorted().toList();
        return sorted.get(Math.ceilDiv(sorted.size() * percent, 100) - 1);
    }
}
