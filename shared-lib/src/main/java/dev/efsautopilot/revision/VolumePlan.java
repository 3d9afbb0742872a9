package dev.efsautopilot.revision;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.efsautopilot.aws.Workload;
import dev.efsautopilot.plan.Refusal;
import dev.efsautopilot.plan.Result;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * From the facts to the steps.
 *
 * @param target the revision that has the volumes, where one is there already
 * @param steps what is to be done, in this order
 */
record VolumePlan(Optional<Revision> target, List<VolumeStep> steps) {

    static Result<VolumePlan> of(VolumeFacts facts) {
        return deploys(facts.source().tags().get(Revision.DEPLOY), facts.source().name())
                .then(_ ->
                        AttachVolumes.revise(
                                facts.source(), facts.attachments(), _ -> "(to be made)"))
                .then(revised ->
                        Derivation.tags(facts.source(), facts.stack())
                                .then(_ -> Result.ok(of(facts, revised))));
    }

    /** Whether anything is to be done. */
    boolean changes() {
        return steps.stream().anyMatch(step -> !(step instanceof VolumeStep.LeaveWorkload));
    }

    private static VolumePlan of(VolumeFacts facts, ObjectNode revised) {
        var target = target(facts, revised);
        var steps =
                Stream.of(
                                target.isPresent() ? Stream.<VolumeStep>empty() : make(facts),
                                tag(facts.source(), target),
                                deploy(facts, target))
                        .flatMap(part -> part)
                        .toList();
        return new VolumePlan(target, steps);
    }

    private static Optional<Revision> target(VolumeFacts facts, ObjectNode revised) {
        return AttachVolumes.same(facts.source().copy(), revised)
                ? Optional.of(facts.source())
                : facts.derived()
                        .filter(derived -> Derivation.isOf(facts.source(), derived, revised));
    }

    private static Stream<VolumeStep> make(VolumeFacts facts) {
        var wishes =
                facts.attachments().stream()
                        .flatMap(attachment ->
                                attachment.root() instanceof Attachment.Root.Wished(var wish)
                                        ? Stream.of(wish)
                                        : Stream.empty())
                        .map(wish ->
                                new VolumeStep.CreateAccessPoint(
                                        wish, "volume " + wish.volume() + " needs a directory"));
        var volumes =
                facts.attachments().stream()
                        .map(attachment -> attachment.intent().volume())
                        .toList();
        return Stream.concat(
                wishes,
                Stream.of(
                        new VolumeStep.RegisterRevision(
                                facts.source().name(),
                                volumes,
                                "the tags ask for volumes that the revision does not have")));
    }

    private static Stream<VolumeStep> tag(Revision source, Optional<Revision> target) {
        var told =
                target.map(found -> tags(source, found.name()))
                        .filter(tags -> source.tags().entrySet().containsAll(tags.entrySet()));
        return told.isPresent()
                ? Stream.empty()
                : Stream.of(
                        new VolumeStep.TagRevision(
                                source.name(), "its owner looks there for what came of the tags"));
    }

    /** What the source's tags say once its volumes are in a revision. */
    static Map<String, String> tags(Revision source, String target) {
        var status = Status.ready(target);
        return target.equals(source.name())
                ? Map.of(Revision.STATUS, status)
                : Map.of(Revision.STATUS, status, Revision.DERIVED, target);
    }

    private static Stream<VolumeStep> deploy(VolumeFacts facts, Optional<Revision> target) {
        var there = target.filter(found -> found.arn().equals(facts.source().arn())).isPresent();
        return there
                ? Stream.empty()
                : facts.workloads().stream()
                        .filter(workload -> workload.taskDefinition().equals(facts.source().arn()))
                        .filter(workload -> asked(facts.source(), workload))
                        .map(workload -> deploy(facts, target, workload));
    }

    private static boolean asked(Revision source, Workload workload) {
        return workload.status().equals("ACTIVE")
                && workload.controller().equals("ECS")
                && workload.tags()
                        .getOrDefault(
                                Revision.DEPLOY, source.tags().getOrDefault(Revision.DEPLOY, "off"))
                        .equals("on");
    }

    private static VolumeStep deploy(
            VolumeFacts facts, Optional<Revision> target, Workload workload) {
        var failed = target.filter(found -> workload.failed().contains(found.arn())).isPresent();
        return failed || facts.moved().contains(workload.arn())
                ? new VolumeStep.LeaveWorkload(
                        workload.arn(),
                        "it was moved to the revision with the volumes before and went back")
                : new VolumeStep.MoveWorkload(
                        workload.arn(), Revision.DEPLOY + "=on, and it is on the source revision");
    }

    /** Whether services are moved, as a definition's tag says. */
    static Result<Boolean> deploys(@Nullable String value, String source) {
        return value == null || value.equals("on") || value.equals("off")
                ? Result.ok("on".equals(value))
                : Result.refused(
                        Refusal.invalid(
                                Revision.DEPLOY,
                                "'" + value + "' on " + source + " is not on or off",
                                "write on or off"));
    }
}
