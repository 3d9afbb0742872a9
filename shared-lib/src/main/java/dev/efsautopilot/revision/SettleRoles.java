package dev.efsautopilot.revision;

import dev.efsautopilot.aws.EcsTags;
import dev.efsautopilot.intent.VolumeIntent;
import dev.efsautopilot.plan.Step;
import dev.efsautopilot.role.RoleReport;
import dev.efsautopilot.role.RoleStep;
import dev.efsautopilot.role.TaskRoles;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Once the volumes are in a revision: whether its role may mount them. Access points have their ARN
 * only then.
 *
 * @param tags where the status tag is
 * @param roles looks, and gives
 */
record SettleRoles(EcsTags tags, TaskRoles roles) {

    /**
     * What came of it.
     *
     * @param steps what was done
     * @param detail what callers and the bus get
     */
    record Settled(List<? extends Step> steps, Map<String, ?> detail) {

        static final Settled NOTHING = new Settled(List.of(), Map.of());
    }

    /** What a dry run tells. */
    Map<String, ?> look(Revision source, Revision target) {
        return roles.look(target.definition(), volumes(source)).detail();
    }

    /**
     * Looks, gives, and says on the source what is missing.
     *
     * @param plan what was carried out
     */
    Settled of(Revision source, Revision target, VolumePlan plan) {
        var report = roles.settle(target.definition(), volumes(source));
        var steps = new ArrayList<RoleStep>(report.granted());
        tell(source, target, plan, report).ifPresent(steps::add);
        return new Settled(List.copyOf(steps), report.detail());
    }

    private Optional<RoleStep> tell(
            Revision source, Revision target, VolumePlan plan, RoleReport report) {
        var now = plan.status(source, target);
        var wanted = Status.withRole(now, report.status());
        if (wanted.equals(now)) {
            return Optional.empty();
        }
        tags.put(source.arn(), Map.of(Revision.STATUS, wanted));
        return Optional.of(
                new RoleStep.TellStatus(
                        source.name(), wanted, "what its role may do is not what was told"));
    }

    private static Set<String> volumes(Revision source) {
        return source.tags().keySet().stream()
                .filter(VolumeIntent::isTag)
                .map(key -> key.substring(VolumeIntent.TAG_PREFIX.length()))
                .collect(Collectors.toUnmodifiableSet());
    }
}
