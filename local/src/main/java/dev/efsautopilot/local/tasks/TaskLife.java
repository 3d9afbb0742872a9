package dev.efsautopilot.local.tasks;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.efsautopilot.local.tasks.MountOutcome.Mounted;
import dev.efsautopilot.local.tasks.MountOutcome.Refused;
import dev.efsautopilot.local.tasks.MountOutcome.Unanswered;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Takes one task from PROVISIONING to STOPPED.
 *
 * <p>DEPROVISIONING: "Amazon ECS has to perform additional steps after the task has stopped but
 * before the task transitions to the STOPPED state. For example, for tasks that use the awsvpc
 * network mode, the elastic network interface needs to be detached and deleted." (Amazon ECS
 * Developer Guide, Task lifecycle)
 */
final class TaskLife {
    private final EcsTask task;
    private final LifecycleTimes times;
    private final TaskNetwork network;
    private final TaskMounts mounts;
    private final Consumer<ObjectNode> changed;

    TaskLife(
            EcsTask task,
            LifecycleTimes times,
            TaskNetwork network,
            TaskMounts mounts,
            Consumer<ObjectNode> changed) {
        this.task = task;
        this.times = times;
        this.network = network;
        this.mounts = mounts;
        this.changed = changed;
    }

    /** Returns once the task is STOPPED. */
    void run() throws InterruptedException {
        changed.accept(task.snapshot());
        var failure = start();
        end(failure.isPresent() ? failure.get() : task.awaitStop());
    }

    /** Brings it to RUNNING; a value is why it must stop before. */
    private Optional<Stop> start() throws InterruptedException {
        var stop = task.awaitStop(times.stage());
        if (stop.isPresent()) {
            return stop;
        }
        move("PENDING", network::attach);
        stop = task.awaitStop(times.stage()).or(this::imageProblem);
        if (stop.isEmpty()) {
            stop = mount();
        }
        if (stop.isPresent()) {
            return stop;
        }
        move("ACTIVATING", document -> {});
        stop = task.awaitStop(times.stage());
        if (stop.isEmpty()) {
            move("RUNNING", TaskLife::running);
        }
        return stop;
    }

    private Optional<Stop> imageProblem() {
        return task.snapshot()
                .path("containers")
                .valueStream()
                .map(container -> container.path("image").asText())
                .filter(image -> image.contains("does-not-exist"))
                .findFirst()
                .map(TaskLife::cannotPull);
    }

    private static Stop cannotPull(String image) {
        return Stop.failedToStart(
                "CannotPullContainerError: pull image manifest has been retried 1 time(s):"
                        + " failed to resolve ref "
                        + image
                        + ": not found");
    }

    /** Mounts what is to be mounted, trying again while nothing answers. */
    private Optional<Stop> mount() throws InterruptedException {
        var deadline = Instant.now().plus(times.mountTimeout());
        while (true) {
            var outcome = mounts.attempt();
            switch (outcome) {
                case Mounted mounted -> {
                    return Optional.empty();
                }
                case Refused(String stderr, int code) -> {
                    return Optional.of(Stop.failedToStart(mounts.reason(stderr, code)));
                }
                case Unanswered(String stderr, int code) -> {
                    if (Instant.now().isAfter(deadline)) {
                        return Optional.of(Stop.failedToStart(mounts.reason(stderr, code)));
                    }
                }
            }
            var stop = task.awaitStop(times.stage());
            if (stop.isPresent()) {
                return stop;
            }
        }
    }

    private void end(Stop stop) throws InterruptedException {
        var ran = task.text("lastStatus").equals("RUNNING");
        task.requestStop(stop);
        move(ran ? "DEACTIVATING" : task.text("lastStatus"), document -> {});
        Thread.sleep(times.stage());
        if (ran) {
            move("STOPPING", document -> {});
            Thread.sleep(times.stage());
        }
        move("DEPROVISIONING", document -> deprovision(document, stop, ran));
        network.detach();
        Thread.sleep(times.stage());
        move("STOPPED", TaskLife::stopped);
    }

    private static void running(ObjectNode document) {
        var now = TaskDocument.time(Instant.now());
        TaskDocument.setContainers(document, "RUNNING");
        document.put("startedAt", now)
                .put("pullStartedAt", now)
                .put("pullStoppedAt", now)
                .put("connectivity", "CONNECTED")
                .put("connectivityAt", now);
    }

    private static void deprovision(ObjectNode document, Stop stop, boolean ran) {
        TaskDocument.setContainers(document, "STOPPED");
        if (ran) {
            TaskDocument.setExitCodes(document, stop);
        }
        document.put("executionStoppedAt", TaskDocument.time(Instant.now()));
    }

    private static void stopped(ObjectNode document) {
        TaskDocument.setAttachmentStatus(document, "DELETED");
        document.put("stoppedAt", TaskDocument.time(Instant.now()));
    }

    private void move(String status, Consumer<ObjectNode> more) {
        changed.accept(
                task.change(document -> {
                    document.put("lastStatus", status);
                    more.accept(document);
                }));
    }
}
