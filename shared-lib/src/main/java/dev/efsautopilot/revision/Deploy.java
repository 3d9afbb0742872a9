package dev.efsautopilot.revision;

import dev.efsautopilot.aws.Workload;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Which services are moved to the revision with the volumes, and which are left. */
final class Deploy {

    private Deploy() {}

    /**
     * What becomes of the services.
     *
     * @param target the revision that has the volumes, where one is there already
     */
    static List<VolumeStep> steps(VolumeFacts facts, Optional<Revision> target) {
        var there = target.filter(found -> found.arn().equals(facts.source().arn())).isPresent();
        return there
                ? List.of()
                : facts.workloads().stream()
                        .filter(workload -> workload.taskDefinition().equals(facts.source().arn()))
                        .filter(workload -> asked(facts.source(), workload))
                        .map(workload -> step(facts, target, workload))
                        .toList();
    }

    private static boolean asked(Revision source, Workload workload) {
        return workload.status().equals("ACTIVE")
                && workload.controller().equals("ECS")
                && workload.tags()
                        .getOrDefault(
                                Revision.DEPLOY, source.tags().getOrDefault(Revision.DEPLOY, "off"))
                        .equals("on");
    }

    private static VolumeStep step(
            VolumeFacts facts, Optional<Revision> target, Workload workload) {
        var failed = target.filter(found -> workload.failed().contains(found.arn())).isPresent();
        return failed || facts.moved().contains(workload.arn())
                ? new VolumeStep.LeaveWorkload(
                        workload.arn(),
                        "it was moved to the revision with the volumes before and went back")
                : new VolumeStep.MoveWorkload(
                        workload.arn(), Revision.DEPLOY + "=on, and it is on the source revision");
    }

    /** The ARNs of the services that these steps leave on the source revision. */
    static List<String> left(List<VolumeStep> deploy) {
        return deploy.stream()
                .flatMap(step ->
                        step instanceof VolumeStep.LeaveWorkload(var arn, _)
                                ? Stream.of(arn)
                                : Stream.empty())
                .toList();
    }
}
