package dev.efsautopilot.nfsingress;

import dev.efsautopilot.aws.TaskDefinitions;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * The task definitions that this process has read. A revision never changes but in its tags, so it
 * is read again after a quarter of an hour.
 */
final class Definitions {

    private final TaskDefinitions definitions;
    private final Memory<String, Definition> read = new Memory<>(500, Duration.ofMinutes(15));

    Definitions(TaskDefinitions definitions) {
        this.definitions = definitions;
    }

    /** The definition with this ARN; empty where there is none. */
    Optional<Definition> of(String arn, Instant now) {
        var known = read.of(arn, now);
        if (known.isPresent()) {
            return known;
        }
        var found = definitions.find(arn).map(Definition::of);
        found.ifPresent(definition -> read.keep(arn, definition, now));
        return found;
    }
}
