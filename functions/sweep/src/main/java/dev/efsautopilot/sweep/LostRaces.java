package dev.efsautopilot.sweep;

import dev.efsautopilot.revision.AttachVolumes;
import dev.efsautopilot.revision.Revision;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Revisions that were made twice from one source: whoever registered one was given up for dead and
 * was not. Deregistered, a revision keeps its tasks and services running.
 */
final class LostRaces {

    /** Younger ones may be those of a race that still runs. */
    private static final Duration SETTLED = Duration.ofMinutes(15);

    private LostRaces() {}

    /**
     * Those that are withdrawn: of those that say the same, all but the one that the source names,
     * and where it names none of them, all but the first.
     *
     * @param source what they were made from
     * @param derived revisions of its family that this software made
     * @param inUse the ARNs of revisions that services are on
     */
    static List<SweepStep.WithdrawRevision> of(
            Revision source, List<Revision> derived, Set<String> inUse, String stack, Instant now) {
        var ours =
                derived.stream()
                        .filter(made -> made.source().equals(Optional.of(source.name())))
                        .filter(made -> stack.equals(made.tags().get(Revision.MANAGED)))
                        .filter(Revision::active)
                        .sorted(
                                Comparator.comparing((Revision made) -> !isNamed(source, made))
                                        .thenComparingInt(Revision::number))
                        .toList();
        return ours.stream()
                .flatMap(made ->
                        ours.stream()
                                .takeWhile(before -> !before.equals(made))
                                .filter(before -> AttachVolumes.same(before.copy(), made.copy()))
                                .findFirst()
                                .filter(_ -> !inUse.contains(made.arn()) && settled(made, now))
                                .map(kept -> withdraw(made, kept))
                                .stream())
                .toList();
    }

    private static boolean isNamed(Revision source, Revision made) {
        return made.name().equals(source.tags().get(Revision.DERIVED));
    }

    private static boolean settled(Revision made, Instant now) {
        var registered = made.definition().path("registeredAt");
        return registered.isNumber()
                && Instant.ofEpochSecond(registered.asLong()).plus(SETTLED).isBefore(now);
    }

    private static SweepStep.WithdrawRevision withdraw(Revision made, Revision kept) {
        return new SweepStep.WithdrawRevision(
                made.name(), kept.name(), "it was made twice from " + made.source().orElse(""));
    }
}
