package dev.efsautopilot.nfsingress;

import dev.efsautopilot.aws.Ecs;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The task definitions that this process has read. A revision never changes but in its tags, so it
 * is read again after a quarter of an hour.
 */
final class Definitions {

    private static final int KEPT = 500;
    private static final Duration FRESH = Duration.ofMinutes(15);

    private record Read(Definition definition, Instant at) {}

    private final Ecs ecs;
    private final Map<String, Read> read =
            new LinkedHashMap<>(16, 0.75f, true) {
                @Override
                protected boolean removeEldestEntry(Map.Entry<String, Read> eldest) {
                    return size() > KEPT;
                }
            };

    Definitions(Ecs ecs) {
        this.ecs = ecs;
    }

    /** The definition with this ARN; empty where there is none. */
    Optional<Definition> of(String arn, Instant now) {
        var known = read.get(arn);
        if (known != null && known.at().plus(FRESH).isAfter(now)) {
            return Optional.of(known.definition());
        }
        var found = ecs.taskDefinition(arn).map(Definition::of);
        found.ifPresent(definition -> read.put(arn, new Read(definition, now)));
        return found;
    }
}
