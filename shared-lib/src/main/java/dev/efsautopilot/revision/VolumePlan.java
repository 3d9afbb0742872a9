package dev.efsautopilot.revision;

import com.fasterxml.jackson.databind.node.ObjectNode;
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
        var deploy = Deploy.steps(facts, target);
        var steps =
                Stream.of(
                                target.isPresent() ? Stream.<VolumeStep>empty() : make(facts),
                                tag(facts.source(), target, Deploy.left(deploy)),
                                deploy.stream())
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

    private static Stream<VolumeStep> tag(
            Revision source, Optional<Revision> target, List<String> left) {
        return target.filter(found -> isTold(source, found.name(), !left.isEmpty())).isPresent()
                ? Stream.empty()
                : Stream.of(
                        new VolumeStep.TagRevision(
                                source.name(),
                                left,
                                "its owner looks there for what came of the tags"));
    }

    private static boolean isTold(Revision source, String target, boolean left) {
        var tags = source.tags();
        return Status.isReady(tags.get(Revision.STATUS), target, left)
                && (target.equals(source.name()) || target.equals(tags.get(Revision.DERIVED)));
    }

    /**
     * What the source's tags say once its volumes are in a revision.
     *
     * @param left the services that went back and are left there
     */
    static Map<String, String> tags(Revision source, String target, List<String> left) {
        var status = Status.ready(target, !left.isEmpty());
        return target.equals(source.name())
                ? Map.of(Revision.STATUS, status)
                : Map.of(Revision.STATUS, status, Revision.DERIVED, target);
    }

    /** What the source's status tag says once the steps are done. */
    String status(Revision source, Revision target) {
        return steps.stream()
                .flatMap(step ->
                        step instanceof VolumeStep.TagRevision(_, var left, _)
                                ? Stream.of(Status.ready(target.name(), !left.isEmpty()))
                                : Stream.empty())
                .findFirst()
                .orElseGet(() -> source.tags().getOrDefault(Revision.STATUS, ""));
    }

    /** The services that the steps leave on the source revision. */
    List<String> left() {
        return Deploy.left(steps);
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
