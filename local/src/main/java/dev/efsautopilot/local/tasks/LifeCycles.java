package dev.efsautopilot.local.tasks;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What of EFS is not available yet: MiniStack has file systems, mount targets and access points
 * available at once, so it is so where somebody asks for it.
 */
public final class LifeCycles {
    private static final String CREATING = "creating";

    private final Map<String, Stage> stages = new ConcurrentHashMap<>();
    private final Map<String, Duration> next = new ConcurrentHashMap<>();

    private record Stage(String state, Instant end) {}

    /**
     * Shows a file system, a mount target or an access point in this state for a while.
     *
     * @param state a {@code LifeCycleState} of EFS
     */
    public void show(String id, String state, Duration time) {
        stages.put(id, new Stage(state, Instant.now().plus(time)));
    }

    /** Lets the next mount target of a file system be {@code creating} for a while. */
    public void delayNextMountTarget(String fileSystemId, Duration time) {
        next.put(fileSystemId, time);
    }

    /** Hears of a new mount target. */
    public void made(String fileSystemId, String mountTargetId) {
        Optional.ofNullable(next.remove(fileSystemId))
                .ifPresent(time -> show(mountTargetId, CREATING, time));
    }

    /** The state that is shown of it; empty where it has its own. */
    public Optional<String> of(String id) {
        return Optional.ofNullable(stages.get(id))
                .filter(stage -> stage.end().isAfter(Instant.now()))
                .map(Stage::state);
    }
}
