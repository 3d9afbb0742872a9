package dev.efsautopilot.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.efsautopilot.json.Json;
import dev.efsautopilot.local.stack.LocalAws;
import dev.efsautopilot.local.tasks.Stop;
import dev.efsautopilot.local.user.Await;
import dev.efsautopilot.local.user.Team;
import dev.efsautopilot.local.user.User;
import dev.efsautopilot.local.user.World;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import software.amazon.awssdk.services.ec2.model.IpPermission;
import software.amazon.awssdk.services.ec2.model.UserIdGroupPair;
import software.amazon.awssdk.services.ecs.model.Task;

/**
 * The events of each function's main path, all about one file system, and what has to be there for
 * them: as the local AWS emits them, without anything deployed that would take them as well.
 */
final class Events {

    private static final Duration SOON = Duration.ofSeconds(30);
    private static final String FAMILY = "bench-volumes";

    /** More than the functions' memories hold for seconds, or than a start gets of them. */
    private static final int STRANGERS = 40;

    private final Path root;
    private final User user;
    private final Team team;
    private final LocalAws aws;
    private final Queue<ObjectNode> heard = new ConcurrentLinkedQueue<>();
    private final AtomicInteger number = new AtomicInteger();

    Events(LocalAws aws, Path root) {
        this.root = root;
        this.aws = aws;
        this.user = User.at(aws.endpoint(), LocalAws.REGION);
        this.team = new Team(user, World.make(user, root, "bench"));
        aws.gateway().events().addListener((type, detail) -> heard.add(envelope(type, detail)));
        user.ec2()
                .authorizeSecurityGroupIngress(r ->
                        r.groupId(team.world().nfsGroup())
                                .ipPermissions(nfsFrom(team.world().taskGroup())));
    }

    /**
     * Makes this function's events: each is new, or the same where time alone would tell them
     * apart.
     */
    Supplier<String> of(String function) {
        return switch (function) {
            case "access-points" -> this::accessPointRequested;
            case "volumes" -> this::revisionRegistered;
            case "nfs-ingress" -> tasksStarting();
            case "task-rerun" -> same(taskStopped());
            case "doctor" -> same(diagnosisAsked());
            case "sweep" -> same("{\"sweep\":{}}");
            case "bare" -> same("{}");
            case String other -> throw new IllegalArgumentException(other);
        };
    }

    /** One event again and again. */
    static Supplier<String> same(String event) {
        return () -> event;
    }

    private String accessPointRequested() {
        var detail =
                Json.MAPPER
                        .createObjectNode()
                        .put("fileSystem", team.world().fileSystem())
                        .put("family", "bench")
                        .put("volume", "data" + number.incrementAndGet());
        return envelope("Access Point Requested", detail).toString();
    }

    private String revisionRegistered() {
        heard.clear();
        team.register(FAMILY, Map.of("efs-autopilot/volume/data", team.volumeWords()));
        return hear(event ->
                        event.at("/detail/eventName").asText().equals("RegisterTaskDefinition"))
                .toString();
    }

    /** One after the other, so often that none of them is remembered by who takes them in turn. */
    private Supplier<String> tasksStarting() {
        var events = IntStream.range(0, STRANGERS).mapToObj(this::taskStarting).toList();
        var next = new AtomicInteger();
        return () -> events.get(next.getAndIncrement() % STRANGERS);
    }

    /** Of a family and a group of its own, let out and in with all the others. */
    private String taskStarting(int number) {
        var family = "bench-nfs" + number;
        team.registerByHand(family);
        var home = team.world().home();
        var groups = List.of(team.world().taskGroup(), user.securityGroup(family, home.vpcId()));
        var request =
                team.launch(family, home)
                        .networkConfiguration(n ->
                                n.awsvpcConfiguration(
                                        a -> a.subnets(home.subnetId()).securityGroups(groups)));
        var task = user.ecs().runTask(request.build()).tasks().getFirst();
        return hear(event ->
                        isOf(task, event, "PENDING")
                                && event.toString().contains("networkInterfaceId"))
                .toString();
    }

    private String taskStopped() {
        team.register("bench-rerun", Map.of());
        var task = team.run("bench-rerun", team.world().home());
        changed(task, "RUNNING");
        aws.gateway()
                .tasks()
                .stop(
                        task.taskArn(),
                        new Stop("SpotInterruption", "Your Spot Task was interrupted.", Map.of()));
        return changed(task, "STOPPED");
    }

    private String changed(Task task, String status) {
        return hear(event -> isOf(task, event, status)).toString();
    }

    private static boolean isOf(Task task, JsonNode event, String status) {
        return event.at("/detail/taskArn").asText().equals(task.taskArn())
                && event.at("/detail/lastStatus").asText().equals(status);
    }

    private String diagnosisAsked() {
        team.registerByHand("bench-doctor");
        var task = team.run("bench-doctor", team.world().home());
        changed(task, "RUNNING");
        var event = (ObjectNode) read(root.resolve("events/http-diagnosis.json"));
        event.putObject("pathParameters")
                .put("cluster", team.world().cluster())
                .put("task", Team.id(task));
        return event.toString();
    }

    private ObjectNode hear(Predicate<JsonNode> wanted) {
        return Await.until(
                "an event", SOON, () -> Optional.ofNullable(heard.poll()).filter(wanted));
    }

    private static ObjectNode envelope(String detailType, JsonNode detail) {
        var event =
                Json.MAPPER
                        .createObjectNode()
                        .put("version", "0")
                        .put("id", UUID.randomUUID().toString())
                        .put("detail-type", detailType)
                        .put("source", "local.aws")
                        .put("account", LocalAws.ACCOUNT)
                        .put("time", Instant.now().toString())
                        .put("region", LocalAws.REGION);
        event.putArray("resources");
        event.set("detail", detail);
        return event;
    }

    private static JsonNode read(Path file) {
        try {
            return Json.MAPPER.readTree(file.toFile());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static IpPermission nfsFrom(String group) {
        return IpPermission.builder()
                .ipProtocol("tcp")
                .fromPort(2049)
                .toPort(2049)
                .userIdGroupPairs(UserIdGroupPair.builder().groupId(group).build())
                .build();
    }
}
