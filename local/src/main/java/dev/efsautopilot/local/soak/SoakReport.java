package dev.efsautopilot.local.soak;

import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * What a soak came to.
 *
 * @param wrong what did not end as it should
 * @param faults that calls of the functions met, by kind
 * @param events that AWS emitted
 * @param eventFaults events that were lost, repeated, reordered or kept back
 * @param calls of the functions
 */
public record SoakReport(
        int stories,
        List<String> wrong,
        Map<String, Long> faults,
        long events,
        long eventFaults,
        long calls,
        Duration took) {

    public SoakReport {
        wrong = List.copyOf(wrong);
        faults = Map.copyOf(faults);
    }

    @Override
    public String toString() {
        return "%d stories, %d wrong; %d calls of functions with %d faults %s; %d events, %d of them late, lost or repeated; %d s"
                .formatted(
                        stories,
                        wrong.size(),
                        calls,
                        faults.values().stream().mapToLong(count -> count).sum(),
                        faults,
                        events,
                        eventFaults,
                        took.toSeconds());
    }
}
