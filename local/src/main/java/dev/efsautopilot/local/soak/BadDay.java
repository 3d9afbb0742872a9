package dev.efsautopilot.local.soak;

import dev.efsautopilot.local.fault.FaultKind;
import dev.efsautopilot.local.fault.Faults;
import java.util.EnumMap;
import java.util.Map;

/** What goes wrong, in which parts. */
final class BadDay {

    private static final Map<FaultKind, Double> PARTS = new EnumMap<>(FaultKind.class);

    static {
        PARTS.put(FaultKind.THROTTLING, 0.34);
        PARTS.put(FaultKind.INTERNAL_ERROR, 0.12);
        PARTS.put(FaultKind.UNAVAILABLE, 0.12);
        PARTS.put(FaultKind.LOST_ANSWER, 0.12);
        PARTS.put(FaultKind.RESET, 0.1);
        PARTS.put(FaultKind.STALE_READ, 0.1);
        PARTS.put(FaultKind.SLOW, 0.03);
        PARTS.put(FaultKind.DENIED, 0.04);
        PARTS.put(FaultKind.QUOTA, 0.024);
        // A new process costs a small machine more than all other faults together.
        PARTS.put(FaultKind.KILLED_BEFORE, 0.003);
        PARTS.put(FaultKind.KILLED_AFTER, 0.003);
    }

    private BadDay() {}

    /** This share of all calls of the functions fails in one way or another. */
    static Faults of(long seed, double share) {
        var faults = Faults.seeded(seed);
        for (var part : PARTS.entrySet()) {
            faults = faults.share(part.getKey(), part.getValue() * share);
        }
        return faults;
    }
}
