package dev.efsautopilot.revision;

import dev.efsautopilot.aws.AccessPoint;
import dev.efsautopilot.aws.EcsTags;
import dev.efsautopilot.plan.Result;
import dev.efsautopilot.storage.AccessPointWish;
import dev.efsautopilot.storage.AccessPoints;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Carries a plan out, step by step; each can be repeated.
 *
 * @param tags the tags of task definitions
 * @param accessPoints makes access points
 * @param registration registers revisions
 * @param moves moves services
 */
record ApplyVolumes(
        EcsTags tags, AccessPoints accessPoints, Registration registration, Moves moves) {

    /**
     * What the steps made so far.
     *
     * @param target the revision with the volumes; the source itself until there is another
     * @param made the ids of the access points
     */
    record Progress(Revision target, Map<AccessPointWish, String> made) {

        Progress with(AccessPointWish wish, AccessPoint accessPoint) {
            var more = new HashMap<>(made);
            more.put(wish, accessPoint.id());
            return new Progress(target, Map.copyOf(more));
        }
    }

    Result<Progress> all(VolumeFacts facts, VolumePlan plan, Instant now) {
        var progress = Result.ok(new Progress(plan.target().orElse(facts.source()), Map.of()));
        for (var step : plan.steps()) {
            progress = progress.then(soFar -> one(facts, step, soFar, now));
        }
        return progress;
    }

    private Result<Progress> one(
            VolumeFacts facts, VolumeStep step, Progress progress, Instant now) {
        return switch (step) {
            case VolumeStep.CreateAccessPoint(var wish, _) ->
                    accessPoints
                            .ensure(wish, "task-definition/" + facts.source().name(), now)
                            .then(made -> Result.ok(progress.with(wish, made)));
            case VolumeStep.RegisterRevision _ -> register(facts, progress, now);
            case VolumeStep.TagRevision(_, var left, _) -> tag(facts.source(), left, progress);
            case VolumeStep.MoveWorkload(var arn, _) -> move(facts, arn, progress, now);
            case VolumeStep.LeaveWorkload _ -> Result.ok(progress);
        };
    }

    private Result<Progress> register(VolumeFacts facts, Progress progress, Instant now) {
        return AttachVolumes.revise(
                        facts.source(),
                        facts.attachments(),
                        wish -> progress.made().getOrDefault(wish, ""))
                .then(definition -> registration.of(facts.source(), definition, now))
                .then(made -> Result.ok(new Progress(made, progress.made())));
    }

    private Result<Progress> tag(Revision source, List<String> left, Progress progress) {
        var told = VolumePlan.tags(source, progress.target().name(), left);
        tags.put(source.arn(), new TreeMap<>(told));
        return Result.ok(progress);
    }

    private Result<Progress> move(VolumeFacts facts, String arn, Progress progress, Instant now) {
        facts.workloads().stream()
                .filter(workload -> workload.arn().equals(arn))
                .forEach(workload -> moves.move(workload, facts.source(), progress.target(), now));
        return Result.ok(progress);
    }
}
