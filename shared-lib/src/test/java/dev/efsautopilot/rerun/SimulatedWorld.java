package dev.efsautopilot.rerun;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.efsautopilot.aws.Ledger;
import dev.efsautopilot.json.Json;
import dev.efsautopilot.plan.Result;
import dev.efsautopilot.plan.Step;
import dev.efsautopilot.task.Task;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.SequencedMap;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** ECS, the ledger, the scheduler and the bus in memory, with faults at every call. */
final class SimulatedWorld implements World {

    static final String CLUSTER = "arn:aws:ecs:eu-west-1:111122223333:cluster/c";

    /** The invocation is killed: before or after the call took effect. */
    static final class Killed extends RuntimeException {
        private static final long serialVersionUID = 1;
    }

    /** AWS throttled a call and each of its retries. */
    static final class Throttled extends RuntimeException {
        private static final long serialVersionUID = 1;
    }

    /** What a client token answers for a while; a failure is remembered now and then. */
    private record Remembered(Instant at, Answer answer) {}

    private static final Duration TOKENS_LIVE = Duration.ofMinutes(11);

    /** A schedule that has not fired. */
    record Due(Instant at, JsonNode input) {}

    final SequencedMap<String, ObjectNode> tasks = new LinkedHashMap<>();
    final Map<String, Due> schedules = new LinkedHashMap<>();
    final List<String> told = new ArrayList<>();
    final Map<String, Map<String, String>> tagged = new HashMap<>();
    final Random random;
    String policy = "on=infrastructure";
    Instant now = Instant.parse("2026-03-14T10:00:00Z");
    double faults;

    /** How many of the calls AWS throttles, from 0 to 1. */
    double throttling;

    /** How many calls were made, retries of the SDK not counted. */
    long calls;

    /** What another invocation does between two calls of this one. */
    Runnable meanwhile = () -> {};

    /** Why RunTask starts nothing; empty where it does. */
    Optional<String> refuses = Optional.empty();

    /** What comes of each repair. */
    Result<List<? extends Step>> repaired = Result.ok(List.of());

    /** Hears of each task that RunTask starts, before it is there. */
    Consumer<JsonNode> starting = _ -> {};

    /** Whose re-run each is: StopTask takes the tags that tell it. */
    final Map<String, String> rerunOf = new HashMap<>();

    private final Map<String, Ledger.Entry> ledger = new HashMap<>();
    private final Map<String, Remembered> tokens = new HashMap<>();
    private final Peers peers = new Peers(this::list, (_, arns) -> describe(arns), () -> now);
    private int made;

    SimulatedWorld(long seed) {
        this.random = new Random(seed);
    }

    private boolean chance(double probability) {
        return random.nextDouble() < probability;
    }

    private void before() {
        calls++;
        throttle();
        meanwhile.run();
        kill();
    }

    /** The SDK makes a call three times, and then gives up. */
    private void throttle() {
        for (int i = 0; chance(throttling); i++) {
            if (i == 2) {
                throw new Throttled();
            }
        }
    }

    private void kill() {
        if (chance(faults)) {
            throw new Killed();
        }
    }

    /** Starts a task as its owner does, or as RunTask of a re-run does. */
    String start(JsonNode request) {
        var arn = "arn:aws:ecs:eu-west-1:111122223333:task/c/" + "%032x".formatted(++made);
        var task = tasks.computeIfAbsent(arn, _ -> Json.MAPPER.createObjectNode());
        task.put("taskArn", arn)
                .put("clusterArn", CLUSTER)
                .put("taskDefinitionArn", "arn:aws:ecs:eu-west-1:111122223333:task-definition/f:1")
                .put("lastStatus", "RUNNING")
                .put("launchType", "EC2")
                .put("group", "family:f")
                .put("startedBy", Json.text(request, "startedBy"))
                .put("createdAt", now.toString())
                .put("version", 1);
        task.putArray("tags").addAll(Json.list(request, "tags"));
        task.set("overrides", Json.object(request, "overrides"));
        Mark.rerunOf(Task.parse(task).orElseThrow()).ifPresent(mark -> rerunOf.put(arn, mark));
        return arn;
    }

    /** Ends a task. */
    void stop(String arn, String stopCode, String reason, int exitCode, boolean started) {
        var task = tasks.getOrDefault(arn, Json.MAPPER.createObjectNode());
        task.put("lastStatus", "STOPPED")
                .put("stopCode", stopCode)
                .put("stoppedReason", reason)
                .put("stoppedAt", now.toString())
                .put("version", 2);
        if (started) {
            task.put("startedAt", Json.text(task, "createdAt"));
        }
        task.putArray("containers").addObject().put("name", "app").put("exitCode", exitCode);
        if (stopCode.equals("UserInitiated")) {
            task.remove("tags");
        }
    }

    boolean live(String arn) {
        return Json.text(tasks.getOrDefault(arn, Json.MAPPER.createObjectNode()), "lastStatus")
                .equals("RUNNING");
    }

    /** The task as an event tells it: without tags. */
    Task event(String arn) {
        var task = tasks.getOrDefault(arn, Json.MAPPER.createObjectNode()).deepCopy();
        task.remove("tags");
        return Task.parse(task).orElseThrow();
    }

    @Override
    public Optional<Task> task(String cluster, String arn) {
        before();
        return Optional.ofNullable(tasks.get(arn))
                .filter(task -> !forgotten(task))
                .flatMap(task -> Task.parse(task.deepCopy()));
    }

    private boolean forgotten(JsonNode task) {
        var stopped = Json.text(task, "stoppedAt");
        return !stopped.isEmpty() && Instant.parse(stopped).plus(Duration.ofHours(1)).isBefore(now);
    }

    @Override
    public JsonNode taskDefinition(String reference) {
        before();
        var described = Json.MAPPER.createObjectNode();
        described.putObject("taskDefinition").put("family", "f").put("networkMode", "bridge");
        described
                .putArray("tags")
                .addObject()
                .put("key", "efs-autopilot/rerun")
                .put("value", policy);
        return described;
    }

    @Override
    public Collection<Peer> peers(Peers.Query query) {
        return peers.of(query);
    }

    private Stream<String> list(Peers.Query query) {
        before();
        return tasks.values().stream()
                .filter(task ->
                        Json.text(task, "lastStatus").equals(query.desiredStatus())
                                && !forgotten(task))
                .map(task -> Json.text(task, "taskArn"));
    }

    private List<Task> describe(List<String> arns) {
        before();
        return arns.stream()
                .flatMap(arn -> Optional.ofNullable(tasks.get(arn)).stream())
                .flatMap(task -> Task.parse(task).stream())
                .toList();
    }

    @Override
    public Answer run(JsonNode request) {
        before();
        var token = Json.text(request, "clientToken");
        var remembered = Optional.ofNullable(tokens.get(token)).filter(this::young);
        var answer = remembered.map(Remembered::answer).orElseGet(() -> runNow(request));
        if (remembered.isEmpty() && (answer instanceof Answer.Started || chance(0.5))) {
            tokens.put(token, new Remembered(now, answer));
        }
        kill();
        return answer;
    }

    private Answer runNow(JsonNode request) {
        if (refuses.isPresent()) {
            return new Answer.Failed(refuses.get());
        }
        if (chance(faults)) {
            return new Answer.Failed("RESOURCE:MEMORY");
        }
        starting.accept(request);
        return new Answer.Started(start(request));
    }

    private boolean young(Remembered remembered) {
        return now.isBefore(remembered.at().plus(TOKENS_LIVE));
    }

    @Override
    public Optional<Ledger.Entry> read(String key) {
        before();
        return Optional.ofNullable(ledger.get(key));
    }

    @Override
    public boolean create(String key, JsonNode body, Instant expires) {
        before();
        var absent = ledger.putIfAbsent(key, new Ledger.Entry(key, 1, body)) == null;
        kill();
        return absent;
    }

    @Override
    public boolean replace(Ledger.Entry read, JsonNode body, Instant expires) {
        before();
        var there = ledger.get(read.key());
        if (there == null || there.version() != read.version()) {
            return false;
        }
        ledger.put(read.key(), new Ledger.Entry(read.key(), read.version() + 1, body));
        kill();
        return true;
    }

    @Override
    public void once(String name, Instant at, JsonNode input) {
        before();
        schedules.putIfAbsent(name, new Due(at, input));
        kill();
    }

    @Override
    public Result<List<? extends Step>> repair(Task task, JsonNode taskDefinition) {
        before();
        return repaired;
    }

    @Override
    public void tag(String arn, Map<String, String> tags) {
        before();
        tagged.put(arn, tags);
        kill();
    }

    @Override
    public void tell(String detailType, String task, Map<String, ?> detail) {
        before();
        told.add(detailType + " " + task);
        kill();
    }
}
