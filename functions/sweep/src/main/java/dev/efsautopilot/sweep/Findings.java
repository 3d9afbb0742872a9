package dev.efsautopilot.sweep;

import dev.efsautopilot.plan.Outcome;
import dev.efsautopilot.plan.Step;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;

/** What a sweep looked at, did, and could not do. One that fails does not keep the rest. */
final class Findings {

    private final Map<String, Integer> counts = new TreeMap<>();
    private final List<Step> steps = new ArrayList<>();
    private final List<RuntimeException> failures = new ArrayList<>();

    void count(String what) {
        counts.merge(what, 1, Integer::sum);
    }

    void did(List<? extends Step> done) {
        steps.addAll(done);
    }

    /** Looks at one thing; what it came to is counted under its name. */
    void look(String what, Supplier<Outcome> at) {
        count(what);
        attempt(() -> {
            switch (at.get()) {
                case Outcome.Done(_, var plan, _) -> did(plan);
                case Outcome.Planned(_, var plan, _) -> did(plan);
                case Outcome.Refused _ -> count(what + "Refused");
                case Outcome.Ignored _ -> {}
            }
        });
    }

    void attempt(Runnable part) {
        try {
            part.run();
        } catch (RuntimeException e) {
            count("failed");
            failures.add(e);
        }
    }

    List<Step> steps() {
        return List.copyOf(steps);
    }

    /** How much of what: things looked at, steps by their name, failures. */
    Map<String, Integer> counts() {
        var all = new TreeMap<>(counts);
        steps.forEach(step -> all.merge(step.getClass().getSimpleName(), 1, Integer::sum));
        return all;
    }

    /** Throws the first failure with the others in it, so that the sweep is done again. */
    void complain() {
        if (!failures.isEmpty()) {
            var first = failures.getFirst();
            failures.stream()
                    .skip(1)
                    .filter(other -> !other.equals(first))
                    .forEach(first::addSuppressed);
            throw first;
        }
    }
}
