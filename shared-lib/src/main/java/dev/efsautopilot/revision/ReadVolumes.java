package dev.efsautopilot.revision;

import dev.efsautopilot.aws.Ecs;
import dev.efsautopilot.aws.Efs;
import dev.efsautopilot.aws.Ledger;
import dev.efsautopilot.aws.TaskDefinitions;
import dev.efsautopilot.aws.Workload;
import dev.efsautopilot.function.Settings;
import dev.efsautopilot.plan.Result;
import dev.efsautopilot.storage.FileSystems;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Reads all that decides what becomes of a source revision.
 *
 * @param definitions where the revision that was made from it is
 * @param moves which services were moved
 * @param attachments finds what its tags name
 * @param stack the stack's name
 */
record ReadVolumes(
        TaskDefinitions definitions, Moves moves, FindAttachments attachments, String stack) {

    static ReadVolumes on(Ecs ecs, Efs efs, Ledger ledger, Settings settings) {
        return new ReadVolumes(
                ecs.taskDefinitions(),
                new Moves(ecs.workloads(), ledger),
                new FindAttachments(
                        efs.accessPoints(),
                        new FileSystems(efs.fileSystems(), settings.defaultFileSystem()),
                        new S3FilesOptIn(settings.s3FileSystems()),
                        settings.stackName()),
                settings.stackName());
    }

    /**
     * The facts; what the tags name wrongly is refused before anything else is read.
     *
     * @param workloads the services that may be on it
     */
    Result<VolumeFacts> facts(Revision source, Function<Revision, List<Workload>> workloads) {
        var derived =
                Optional.ofNullable(source.tags().get(Revision.DERIVED))
                        .flatMap(definitions::find)
                        .map(Revision::described);
        return attachments
                .of(source, derived)
                .then(found -> {
                    var services = workloads.apply(source);
                    return Result.ok(
                            new VolumeFacts(
                                    source,
                                    derived,
                                    found,
                                    services,
                                    moved(services, derived),
                                    stack));
                });
    }

    private Set<String> moved(List<Workload> workloads, Optional<Revision> derived) {
        return derived.stream()
                .flatMap(target ->
                        workloads.stream().filter(workload -> moves.isMoved(workload, target)))
                .map(Workload::arn)
                .collect(Collectors.toUnmodifiableSet());
    }
}
