package dev.efsautopilot.sweep;

import dev.efsautopilot.aws.Ecs;
import dev.efsautopilot.aws.TaskDefinitions;
import dev.efsautopilot.aws.Workload;
import dev.efsautopilot.aws.Workloads;
import dev.efsautopilot.plan.Outcome;
import dev.efsautopilot.revision.ProvideVolumes;
import dev.efsautopilot.revision.Revision;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Families of task definitions: the volumes that the newest revision's tags ask for. */
final class FamilyStage implements Stage {

    private final TaskDefinitions definitions;
    private final Workloads services;
    private final ProvideVolumes volumes;
    private final String stack;

    /** Every service, read once in a sweep and only where a revision needs it. */
    private Optional<List<Workload>> workloads = Optional.empty();

    FamilyStage(Ecs ecs, ProvideVolumes volumes, String stack) {
        this.definitions = ecs.taskDefinitions();
        this.services = ecs.workloads();
        this.volumes = volumes;
        this.stack = stack;
    }

    @Override
    public String name() {
        return "families";
    }

    @Override
    public List<String> keys(Round round, boolean resumed) {
        return definitions.families().sorted().distinct().toList();
    }

    @Override
    public int batch() {
        return 1;
    }

    @Override
    public void look(List<String> keys, Round round) {
        for (var family : keys) {
            round.findings().count("families");
            definitions
                    .find(family)
                    .map(Revision::described)
                    .ifPresent(newest -> look(newest, round));
        }
    }

    private void look(Revision newest, Round round) {
        var head = head(newest);
        head.source()
                .filter(source -> head.derived().isEmpty() || isUnfinished(source, head))
                .ifPresent(
                        source -> round.findings().look("revisions", () -> provide(source, round)));
        head.source().ifPresent(source -> withdraw(source, head.derived(), round));
    }

    private Outcome provide(Revision source, Round round) {
        return volumes.of(source, _ -> workloads(), round.dryRun(), round.now());
    }

    /**
     * The newest end of a family.
     *
     * @param source the newest revision that somebody registered; empty where it can't be used any
     *     more
     * @param derived the revisions of our own after it
     */
    private record Head(Optional<Revision> source, List<Revision> derived) {}

    private Head head(Revision newest) {
        if (newest.source().isEmpty()) {
            return new Head(Optional.of(newest), List.of());
        }
        var last = newest.source().get();
        if (last.equals(newest.family() + ":" + (newest.number() - 1))) {
            return new Head(active(last), List.of(newest));
        }
        var derived = new ArrayList<Revision>();
        for (var arn : definitions.active(newest.family()).toList()) {
            var found = definitions.find(arn).map(Revision::described);
            if (found.isPresent() && found.get().source().isEmpty()) {
                // Older than what the newest was made from: that one is not to be used any more.
                var old = found.get().number() < number(last);
                return new Head(old ? Optional.empty() : found, List.copyOf(derived));
            }
            found.ifPresent(derived::add);
        }
        return new Head(Optional.empty(), List.copyOf(derived));
    }

    private Optional<Revision> active(String reference) {
        return definitions.find(reference).map(Revision::described).filter(Revision::active);
    }

    private static int number(String name) {
        return Integer.parseInt(name.substring(name.lastIndexOf(':') + 1));
    }

    /** Whether somebody stopped between the revision, the tag that names it, and the services. */
    private boolean isUnfinished(Revision source, Head head) {
        var named = source.tags().get(Revision.DERIVED);
        return head.derived().stream().noneMatch(made -> made.name().equals(named))
                || workloads().stream()
                        .filter(workload -> workload.taskDefinition().equals(source.arn()))
                        .anyMatch(workload ->
                                Stream.of(workload.tags(), source.tags())
                                        .anyMatch(tags -> "on".equals(tags.get(Revision.DEPLOY))));
    }

    private void withdraw(Revision source, List<Revision> derived, Round round) {
        if (derived.size() < 2) {
            return;
        }
        var inUse = workloads().stream().map(Workload::taskDefinition).collect(Collectors.toSet());
        for (var step : LostRaces.of(source, derived, inUse, stack, round.now())) {
            if (!round.dryRun()) {
                definitions.deregister(step.revision());
            }
            round.findings().did(List.of(step));
        }
    }

    private List<Workload> workloads() {
        if (workloads.isEmpty()) {
            workloads = Optional.of(services.all());
        }
        return workloads.get();
    }
}
