package dev.efsautopilot.local.tasks;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;

/**
 * What only AWS can do to a task: take its host away, end its containers. A task is named by its
 * ARN or its id.
 */
public final class TaskControl {
    private final Tasks tasks;

    public TaskControl(Tasks tasks) {
        this.tasks = tasks;
    }

    /**
     * Stops a task.
     *
     * @throws NoSuchElementException where there is no such task
     */
    public void stop(String task, Stop stop) {
        find(task).requestStop(stop);
    }

    /** Stops a task for this code and reason; its containers end with 143 (SIGTERM). */
    public void stop(String task, String stopCode, String reason) {
        stop(task, new Stop(stopCode, reason, Stop.TERMINATED));
    }

    /**
     * Takes the Spot capacity of a task back: first the warning, a task state change event while
     * the task still runs, then the stop (Amazon ECS Developer Guide, Fargate Spot termination
     * notices).
     *
     * @param warning the time between the two; two minutes on AWS
     * @throws NoSuchElementException where there is no such task
     */
    public void spot(String task, Duration warning) {
        var found = find(task);
        var stop = new Stop("SpotInterruption", "Your Spot Task was interrupted.", Stop.TERMINATED);
        tasks.warn(found, stop);
        tasks.background()
                .start(
                        "spot-" + found.id(),
                        () -> {
                            Thread.sleep(warning);
                            found.requestStop(stop);
                        });
    }

    /**
     * Ends the essential container of a task with an exit code.
     *
     * @throws NoSuchElementException where there is no such task
     */
    public void exit(String task, int exitCode) {
        stop(
                task,
                new Stop(
                        "EssentialContainerExited",
                        "Essential container in task exited",
                        Map.of("*", exitCode)));
    }

    /**
     * What the containers of a task see on EFS, as {@code data on fsap-…}; empty before a mount.
     */
    public List<String> mounted(String task) {
        return tasks.mounted(task);
    }

    private EcsTask find(String task) {
        return tasks.task(task)
                .orElseThrow(() -> new NoSuchElementException("there is no task " + task));
    }
}
