package dev.efsautopilot.local.tasks;

import dev.efsautopilot.local.tasks.MountFacts.AccessPoint;
import dev.efsautopilot.local.tasks.MountFacts.EfsVolume;
import dev.efsautopilot.local.tasks.MountOutcome.Mounted;
import java.util.ArrayList;
import java.util.List;

/** The mounts of one task. */
final class TaskMounts {
    private final List<EfsVolume> volumes;
    private final boolean fargate;
    private final TaskNetwork network;
    private final MountFactsReader reader;
    private final Directories directories;
    private final List<EfsVolume> mounted = new ArrayList<>();

    TaskMounts(
            EcsTask task, TaskNetwork network, MountFactsReader reader, Directories directories) {
        this.volumes = Volumes.mounted(task.launch().taskDefinition());
        this.fargate = task.text("launchType").equals("FARGATE");
        this.network = network;
        this.reader = reader;
        this.directories = directories;
    }

    /** Tries to mount every volume that is not mounted yet; the first that fails decides. */
    synchronized MountOutcome attempt() {
        var from = network.current();
        for (var volume : volumes) {
            if (mounted.contains(volume) || from.isEmpty()) {
                continue;
            }
            var facts = reader.read(volume, from.get());
            var outcome = MountSimulation.outcome(facts);
            if (!(outcome instanceof Mounted)) {
                return outcome;
            }
            facts.accessPoint()
                    .filter(AccessPoint::createsRoot)
                    .ifPresent(it -> directories.make(volume.fileSystemId(), it.path()));
            mounted.add(volume);
        }
        return new Mounted();
    }

    /** What the containers see: each volume as {@code data on fsap-…} or {@code data on fs-…:/}. */
    synchronized List<String> seen() {
        return mounted.stream()
                .map(volume ->
                        volume.name()
                                + " on "
                                + volume.accessPointId()
                                        .orElse(
                                                volume.fileSystemId()
                                                        + ":"
                                                        + volume.rootDirectory()))
                .toList();
    }

    /** The text of {@code stoppedReason} where a mount fails. */
    String reason(String stderr, int code) {
        return fargate
                ? "ResourceInitializationError: failed to invoke EFS utils commands to set up EFS"
                        + " volumes: stderr: %s : unsuccessful EFS utils command execution; code: %d"
                                .formatted(stderr, code)
                : "CannotCreateVolumeError: mounting volume failed: " + stderr;
    }
}
