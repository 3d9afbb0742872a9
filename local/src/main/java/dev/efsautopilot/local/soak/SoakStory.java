package dev.efsautopilot.local.soak;

import dev.efsautopilot.local.gateway.Gateway;
import dev.efsautopilot.local.user.Await;
import dev.efsautopilot.local.user.Team;
import dev.efsautopilot.local.user.User;
import dev.efsautopilot.local.user.World;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import software.amazon.awssdk.services.ecs.model.DesiredStatus;
import software.amazon.awssdk.services.ecs.model.LaunchType;
import software.amazon.awssdk.services.ecs.model.Task;
import software.amazon.awssdk.services.efs.model.Tag;
import software.amazon.awssdk.services.eventbridge.model.PutEventsRequestEntry;

/** One team that lives through one plot, on a file system and with security groups of its own. */
final class SoakStory {

    private static final Duration PATIENCE = Duration.ofSeconds(8);
    private static final Duration WARNING = Duration.ofMillis(300);

    private final Plot plot;
    private final Gateway gateway;
    private final Consumer<String> forget;
    private final Team team;
    private boolean ended;

    /**
     * @param base where the batch runs its tasks
     * @param forget deletes a record of the ledger
     */
    SoakStory(Plot plot, Gateway gateway, Consumer<String> forget, Team base) {
        this.plot = plot;
        this.gateway = gateway;
        this.forget = forget;
        this.team = new Team(base.user(), ground(base.user(), base.world(), plot.family()));
    }

    private static World ground(User user, World base, String name) {
        var nfsGroup = user.securityGroup(name + "-nfs", base.home().vpcId());
        var fileSystem =
                user.efs()
                        .createFileSystem(r ->
                                r.creationToken(name)
                                        .tags(
                                                Tag.builder()
                                                        .key("efs-autopilot/allow")
                                                        .value("/")
                                                        .build()))
                        .fileSystemId();
        user.efs()
                .createMountTarget(r ->
                        r.fileSystemId(fileSystem)
                                .subnetId(base.home().subnetId())
                                .securityGroups(nfsGroup));
        return new World(
                base.cluster(),
                base.home(),
                base.remote(),
                user.securityGroup(name + "-tasks", base.home().vpcId()),
                fileSystem,
                nfsGroup);
    }

    Plot plot() {
        return plot;
    }

    Team team() {
        return team;
    }

    /** Whether the plot's end was reached: a task that never ran can't be lost. */
    boolean ended() {
        return ended;
    }

    /** Plays it; what has not come about when patience ends is left to whoever comes later. */
    void play() {
        team.register(
                plot.family(),
                Map.of(
                        "efs-autopilot/volume/data",
                        team.volumeWords(),
                        "efs-autopilot/rerun",
                        "on=failure attempts=20 backoff=1s max-backoff=2s"));
        IntStream.range(0, plot.requests()).forEach(_ -> request());
        patiently("a revision", () -> derived());
        if (plot.service()) {
            serve();
        } else {
            team.run(plot.family(), team.world().home());
        }
        var running = patiently("a running task", this::running);
        if (plot.revokes() && !team.nfsRules().isEmpty()) {
            team.revoke(team.nfsRules());
        }
        running.ifPresent(this::end);
    }

    private void end(Task task) {
        if (plot.forgets()) {
            forget.accept("launch#" + task.taskArn());
        }
        switch (plot.end()) {
            case RUNS -> {}
            case STOPPED ->
                    team.user()
                            .ecs()
                            .stopTask(r -> r.cluster(task.clusterArn()).task(task.taskArn()));
            case SPOT -> gateway.tasks().spot(task.taskArn(), WARNING);
            case DONE -> gateway.tasks().exit(task.taskArn(), 0);
            case FAILED -> gateway.tasks().exit(task.taskArn(), 1);
        }
        ended = true;
    }

    private Optional<User.Revision> derived() {
        return Optional.of(team.user().newestRevision(plot.family()))
                .filter(revision -> revision.definition().revision() > 1);
    }

    private Optional<Task> running() {
        return live().stream().filter(task -> task.lastStatus().equals("RUNNING")).findFirst();
    }

    /** Its tasks that live. */
    List<Task> live() {
        return all(DesiredStatus.RUNNING).stream()
                .filter(task -> !task.lastStatus().equals("STOPPED"))
                .toList();
    }

    /** Its tasks that ECS still shows. */
    List<Task> all(DesiredStatus status) {
        var user = team.user();
        return user
                .ecs()
                .listTasks(r ->
                        r.cluster(team.world().cluster())
                                .family(plot.family())
                                .desiredStatus(status))
                .taskArns()
                .stream()
                .map(arn -> user.task(team.world().cluster(), arn))
                .toList();
    }

    private void request() {
        team.user()
                .events()
                .putEvents(r ->
                        r.entries(
                                List.of(
                                        PutEventsRequestEntry.builder()
                                                .source("efs-autopilot.request")
                                                .detailType("Access Point Requested")
                                                .detail(
                                                        "{\"fileSystem\":\"%s\",\"family\":\"%s\",\"volume\":\"cache\"}"
                                                                .formatted(
                                                                        team.world().fileSystem(),
                                                                        plot.family()))
                                                .build())));
    }

    private void serve() {
        team.user()
                .ecs()
                .createService(r ->
                        r.cluster(team.world().cluster())
                                .serviceName(plot.family())
                                .taskDefinition(plot.family())
                                .launchType(LaunchType.FARGATE)
                                .desiredCount(1)
                                .networkConfiguration(n ->
                                        n.awsvpcConfiguration(a ->
                                                a.subnets(team.world().home().subnetId())
                                                        .securityGroups(
                                                                team.world().taskGroup()))));
    }

    private static <T> Optional<T> patiently(String what, Supplier<Optional<T>> question) {
        try {
            return Optional.of(Await.until(what, PATIENCE, question));
        } catch (Await.TimedOut _) {
            return Optional.empty();
        }
    }

    /** Takes away what costs the next stories time. */
    void clear() {
        var ecs = team.user().ecs();
        var cluster = team.world().cluster();
        if (plot.service()) {
            ecs.deleteService(r -> r.cluster(cluster).service(plot.family()).force(true));
        }
        ecs.listTaskDefinitions(r -> r.familyPrefix(plot.family()))
                .taskDefinitionArns()
                .forEach(arn -> ecs.deregisterTaskDefinition(r -> r.taskDefinition(arn)));
        live().forEach(task -> ecs.stopTask(r -> r.cluster(cluster).task(task.taskArn())));
    }
}
