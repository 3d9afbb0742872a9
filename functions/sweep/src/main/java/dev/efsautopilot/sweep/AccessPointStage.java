package dev.efsautopilot.sweep;

import dev.efsautopilot.aws.AccessPoint;
import dev.efsautopilot.aws.Ecs;
import dev.efsautopilot.aws.Efs;
import dev.efsautopilot.function.Settings;
import dev.efsautopilot.revision.Revision;
import dev.efsautopilot.task.EfsVolume;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/**
 * Access points that this software made for a task definition's tag, and that nothing in ECS names
 * any more. Looked at once a day, where the stack's parameter says so.
 *
 * <p>What proves that one is unused: no ACTIVE revision of any family names it, also none that was
 * registered while they were gone through; no revision that a task or a service is on names it,
 * ACTIVE or not. That has to be so in every pass for the whole retention time. One failed call, and
 * the pass proves nothing. Mounts from outside of ECS can't be seen: the tag {@code
 * efs-autopilot/keep} is for those. The directory and its data stay in any case, and a tag that
 * asks for it again gets a new access point to the same directory.
 */
final class AccessPointStage implements Stage {

    private static final String NAME = "accessPoints";

    /** The tag that keeps an access point, whatever its value. */
    private static final String KEEP = "efs-autopilot/keep";

    private static final Duration A_DAY = Duration.ofHours(23);
    private static final int MOST_SUSPECTS = 2000;

    private final Ecs ecs;
    private final Efs efs;
    private final Settings settings;

    AccessPointStage(Ecs ecs, Efs efs, Settings settings) {
        this.ecs = ecs;
        this.efs = efs;
        this.settings = settings;
    }

    @Override
    public String name() {
        return NAME;
    }

    /** ACTIVE revisions, where there is anything that they might prove used. */
    @Override
    public List<String> keys(Round round, boolean resumed) {
        if (!resumed && !begins(round)) {
            return List.of();
        }
        return ecs.taskDefinitions().active().sorted().distinct().toList();
    }

    /** Whether a day is over and there are access points of ours: then those are the suspects. */
    private boolean begins(Round round) {
        var pass = Pass.in(round.memory());
        if (!settings.deleteAccessPoints() || pass.endedAfter(round.now().minus(A_DAY))) {
            pass.over();
            return false;
        }
        var ours =
                efs.fileSystems().all().stream()
                        .flatMap(fileSystem -> efs.accessPoints().of(fileSystem.id()).stream())
                        .filter(this::isOurs)
                        .map(AccessPoint::id)
                        .sorted()
                        .limit(MOST_SUSPECTS)
                        .toList();
        pass.begin(ours);
        round.findings().count("accessPointPasses");
        return !ours.isEmpty();
    }

    private boolean isOurs(AccessPoint accessPoint) {
        var tags = accessPoint.tags();
        return accessPoint.state().equals("available")
                && settings.stackName().equals(tags.get(Revision.MANAGED))
                && tags.getOrDefault("efs-autopilot/requested-by", "")
                        .startsWith("task-definition/")
                && !tags.containsKey(KEEP);
    }

    @Override
    public int batch() {
        return 20;
    }

    @Override
    public void look(List<String> keys, Round round) {
        var pass = Pass.in(round.memory());
        try {
            keys.forEach(arn -> used(arn, pass, round.memory()));
            keys.forEach(pass::scanned);
        } catch (RuntimeException e) {
            pass.fail();
            throw e;
        }
    }

    private void used(String revision, Pass pass, Memory memory) {
        ecs.taskDefinitions().find(revision).stream()
                .flatMap(found -> EfsVolume.of(found.path("taskDefinition")).stream())
                .flatMap(volume -> volume.accessPointId().stream())
                .filter(pass::suspects)
                .forEach(id -> {
                    pass.acquit(id);
                    memory.unused(known -> known.without(id));
                });
    }

    @Override
    public void end(Round round) {
        var pass = Pass.in(round.memory());
        if (pass.proves()) {
            var others = RevisionsInUse.of(ecs);
            var active = ecs.taskDefinitions().active().toList();
            others.removeAll(Set.copyOf(active));
            active.stream().filter(pass::isNew).forEach(others::add);
            others.forEach(arn -> used(arn, pass, round.memory()));
            pass.left().forEach(id -> round.findings().attempt(() -> unused(id, round)));
        }
        if (pass.begun()) {
            pass.end(round.now());
        }
    }

    private void unused(String id, Round round) {
        var memory = round.memory();
        round.findings().count("accessPointsUnused");
        memory.unused(known -> known.seen(id, round.now()));
        if (memory.unused().isDue(id, settings.retention(), round.now())) {
            efs.accessPoints()
                    .find(id)
                    .filter(this::isOurs)
                    .ifPresent(found -> delete(found, round));
        }
    }

    private void delete(AccessPoint found, Round round) {
        if (!round.dryRun()) {
            efs.accessPoints().delete(found.id());
            round.memory().unused(known -> known.without(found.id()));
        }
        round.findings()
                .did(
                        List.of(
                                new SweepStep.DeleteAccessPoint(
                                        found.id(),
                                        found.root().fileSystemId(),
                                        found.root().path(),
                                        "no task definition, service or task has named it for "
                                                + settings.retention().toDays()
                                                + " days")));
    }
}
