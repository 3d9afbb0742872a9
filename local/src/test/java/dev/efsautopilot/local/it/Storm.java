package dev.efsautopilot.local.it;

import dev.efsautopilot.local.soak.SweepHand;
import dev.efsautopilot.local.stack.LocalAws;
import dev.efsautopilot.local.user.Await;
import dev.efsautopilot.local.user.Team;
import dev.efsautopilot.local.user.User;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.stream.Stream;
import software.amazon.awssdk.services.ecs.model.AssignPublicIp;
import software.amazon.awssdk.services.ecs.model.DesiredStatus;
import software.amazon.awssdk.services.ecs.model.LaunchType;
import software.amazon.awssdk.services.ecs.model.NetworkConfiguration;
import software.amazon.awssdk.services.ecs.model.Task;
import software.amazon.awssdk.services.ecs.model.TaskField;

/**
 * A zone is lost: all tasks of a family stop at once. They mount nothing, so that only what re-runs
 * tasks is at work; the rule that opens their way to file systems sleeps meanwhile.
 */
final class Storm {

    private static final String NAME = "storm";
    private static final String RERUN_OF = "efs-autopilot/rerun-of";
    private static final int AT_ONCE = 10;
    private static final int DESCRIBED = 100;

    /** How many tasks the local AWS stops at the same time. */
    private static final int STOPPING = 50;

    private static final Duration QUIET = Duration.ofSeconds(5);
    private static final Duration A_MOMENT = Duration.ofSeconds(1);

    /** Lambda waits at most a second between its tries here. */
    private static final Duration GIVEN_UP = Duration.ofSeconds(15);

    private static final Duration LAUNCH = Duration.ofMinutes(10);

    private final LocalAws aws;
    private final User user;
    private final int size;
    private final Consumer<String> told;
    private final StormWatch watch = new StormWatch();

    /**
     * A storm over this AWS, with the application deployed.
     *
     * @param size how many tasks are lost
     * @param told hears how far it is
     */
    public Storm(LocalAws aws, int size, Consumer<String> told) {
        this.aws = aws;
        this.user = User.at(aws.endpoint(), LocalAws.REGION);
        this.size = size;
        this.told = told;
        aws.gateway().calls().addListener(watch);
        aws.gateway().events().addListener(watch::heard);
    }

    /**
     * Starts the tasks, loses them all, and waits until each is run again.
     *
     * @param trouble what goes wrong while they are run again, until it is closed
     * @param longest how long to wait for the last re-run
     */
    public StormOutcome blow(Trouble trouble, Duration longest) {
        var rule = "ecs-efs-autopilot-task-starting";
        user.events().disableRule(r -> r.name(rule));
        try {
            var tasks = launch();
            var begun = Instant.now();
            try (var _ = trouble.begin()) {
                lose(tasks);
                awaitReruns(longest);
            }
            return outcome(Duration.between(begun, watch.last()));
        } finally {
            user.events().enableRule(r -> r.name(rule));
        }
    }

    /** Within a minute, or as fast as the local AWS can stop them. */
    private void lose(List<String> tasks) {
        var pause = Duration.ofMinutes(1).dividedBy(size);
        for (int i = 0; i < tasks.size(); i++) {
            var asked = i;
            aws.gateway().tasks().stop(tasks.get(i), "InfrastructureHealth", "The zone is lost.");
            LockSupport.parkNanos(pause.toNanos());
            Await.untilTrue("a stop", LAUNCH, () -> asked - watch.stopped() < STOPPING);
        }
        told.accept("all of them are lost");
    }

    /** What goes wrong. */
    @FunctionalInterface
    public interface Trouble {
        /** Lets it go wrong from now on. */
        Ongoing begin();
    }

    /** Goes wrong until it is closed. */
    public interface Ongoing extends AutoCloseable {
        @Override
        void close();
    }

    private List<String> launch() {
        user.ecs().createCluster(r -> r.clusterName(NAME).capacityProviders("FARGATE"));
        user.ecs()
                .registerTaskDefinition(
                        Team.definition(NAME)
                                .tags(
                                        Team.tag(
                                                "efs-autopilot/rerun",
                                                "on=infrastructure attempts=3 backoff=1s"))
                                .build());
        var network = network();
        var tasks = new ArrayList<String>();
        while (tasks.size() < size) {
            var count = Math.min(AT_ONCE, size - tasks.size());
            user.ecs()
                    .runTask(r ->
                            r.cluster(NAME)
                                    .taskDefinition(NAME)
                                    .launchType(LaunchType.FARGATE)
                                    .networkConfiguration(network)
                                    .startedBy("fleet")
                                    .count(count))
                    .tasks()
                    .forEach(task -> tasks.add(task.taskArn()));
        }
        told.accept(size + " tasks are started");
        Await.untilTrue("every launch to be remembered", LAUNCH, () -> watch.remembered() >= size);
        told.accept("the ledger remembers each launch");
        return tasks;
    }

    private NetworkConfiguration network() {
        var home = user.subnets().getFirst();
        var group = user.securityGroup(NAME + "-tasks", home.vpcId());
        return NetworkConfiguration.builder()
                .awsvpcConfiguration(a ->
                        a.subnets(home.subnetId())
                                .securityGroups(group)
                                .assignPublicIp(AssignPublicIp.DISABLED))
                .build();
    }

    /** What Lambda gave up after its retries is a dead letter; the sweep finds its task. */
    private void awaitReruns(Duration longest) {
        var sweep = new SweepHand(aws);
        var deadline = Instant.now().plus(longest);
        var next = 0;
        while (watch.started() < size && Instant.now().isBefore(deadline)) {
            if (watch.started() >= next) {
                told.accept(watch.started() + " re-runs");
                next = watch.started() + Math.max(1, size / 10);
            }
            if (!Await.stays(A_MOMENT, () -> watch.started() < size && !watch.quiet(GIVEN_UP))
                    && watch.started() < size) {
                told.accept("the sweep looks for " + (size - watch.started()) + " that are left");
                sweep.run();
            }
        }
        Await.stays(QUIET, () -> true);
    }

    private StormOutcome outcome(Duration took) {
        var marks =
                Stream.of(DesiredStatus.RUNNING, DesiredStatus.STOPPED)
                        .flatMap(this::tasks)
                        .flatMap(task -> task.tags().stream())
                        .filter(tag -> tag.key().equals(RERUN_OF))
                        .map(tag -> tag.value().replaceFirst("/.*", ""))
                        .toList();
        return new StormOutcome(
                size,
                marks.size(),
                (int) marks.stream().distinct().count(),
                (int) tasks(DesiredStatus.RUNNING).count(),
                watch.calls(),
                watch.throttled(),
                took);
    }

    private Stream<Task> tasks(DesiredStatus status) {
        var arns =
                user
                        .ecs()
                        .listTasksPaginator(r -> r.cluster(NAME).family(NAME).desiredStatus(status))
                        .taskArns()
                        .stream()
                        .toList();
        return Stream.iterate(0, from -> from < arns.size(), from -> from + DESCRIBED)
                .map(from -> arns.subList(from, Math.min(from + DESCRIBED, arns.size())))
                .flatMap(page ->
                        user
                                .ecs()
                                .describeTasks(
                                        r -> r.cluster(NAME).tasks(page).include(TaskField.TAGS))
                                .tasks()
                                .stream());
    }
}
