package dev.efsautopilot.sweep;

import dev.efsautopilot.aws.Ecs;
import dev.efsautopilot.aws.EcsTasks;
import dev.efsautopilot.task.Task;
import java.util.List;
import java.util.Locale;

/** The tasks of every cluster that ECS wants in one status, each looked at in the same way. */
final class TaskStage implements Stage {

    private final String desiredStatus;
    private final Ecs ecs;
    private final Look look;

    /**
     * A stage of these tasks.
     *
     * @param desiredStatus RUNNING or STOPPED: ECS tells of a stopped task for about an hour
     */
    TaskStage(String desiredStatus, Ecs ecs, Look look) {
        this.desiredStatus = desiredStatus;
        this.ecs = ecs;
        this.look = look;
    }

    /** What is done about a task. */
    @FunctionalInterface
    interface Look {
        /** Looks at it, as ECS describes it now. */
        void at(Task task, Round round);
    }

    @Override
    public String name() {
        return "tasks " + desiredStatus.toLowerCase(Locale.ROOT);
    }

    /** A task is described together with its cluster: both are in its key. */
    private record Key(String cluster, String task) {

        static Key of(String text) {
            var parts = text.split(" ", 2);
            return new Key(parts[0], parts[1]);
        }

        String text() {
            return cluster + " " + task;
        }
    }

    @Override
    public List<String> keys(Round round, boolean resumed) {
        return ecs.clusters().arns().stream()
                .flatMap(cluster ->
                        ecs.clusters().taskArns(cluster, desiredStatus).stream()
                                .map(arn -> new Key(cluster, arn).text()))
                .sorted()
                .distinct()
                .toList();
    }

    @Override
    public int batch() {
        return EcsTasks.MOST;
    }

    @Override
    public void look(List<String> keys, Round round) {
        keys.stream()
                .map(Key::of)
                .map(Key::cluster)
                .distinct()
                .forEach(cluster -> {
                    var arns =
                            keys.stream()
                                    .map(Key::of)
                                    .filter(key -> key.cluster().equals(cluster))
                                    .map(Key::task)
                                    .toList();
                    ecs.tasks().described(cluster, arns).forEach(task -> look.at(task, round));
                });
    }
}
