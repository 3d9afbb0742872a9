package dev.efsautopilot.clustermap;

import com.fasterxml.jackson.databind.JsonNode;
import dev.efsautopilot.json.Json;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The boxes of the map in five columns, and what joins them. Boxes are ordered by the file system
 * that they lead to, so that ways cross little.
 */
final class ClusterGraph {

    private static final int COLUMNS = 5;

    /** How a box or a way is. */
    enum State {
        GOOD,
        UNKNOWN,
        BROKEN;

        State and(State other) {
            return compareTo(other) > 0 ? this : other;
        }
    }

    /**
     * What tells a box from another.
     *
     * @param column 0 for tasks to 4 for access points
     */
    record Key(int column, String id) {}

    /**
     * A box.
     *
     * @param order sorts the boxes of a column
     * @param names what it stands for, where that is more than its title
     */
    record Box(
            Key key, String order, String title, String detail, List<String> names, State state) {}

    /** A way from one column to the next. */
    record Edge(Key from, Key to, State state) {}

    private final Map<Key, Box> boxes = new LinkedHashMap<>();
    private final Map<List<Key>, State> edges = new LinkedHashMap<>();
    private final Map<Key, Integer> members = new LinkedHashMap<>();
    private final Map<Key, Double> heights = new LinkedHashMap<>();

    private ClusterGraph() {}

    static ClusterGraph of(JsonNode storage) {
        var graph = new ClusterGraph();
        Json.list(storage, "fileSystems").forEach(graph::fileSystem);
        Json.list(storage, "tasks").stream()
                .collect(
                        Collectors.groupingBy(
                                ClusterGraph::alike, LinkedHashMap::new, Collectors.toList()))
                .forEach(graph::tasks);
        graph.place();
        return graph;
    }

    /** The boxes of each column, from top to bottom. */
    List<List<Box>> columns() {
        return IntStream.range(0, COLUMNS).mapToObj(this::column).toList();
    }

    List<Edge> edges() {
        return edges.entrySet().stream()
                .map(one ->
                        new Edge(one.getKey().getFirst(), one.getKey().getLast(), one.getValue()))
                .toList();
    }

    /** Where in its column a box is: from 0 at the top to 1 at the bottom. */
    double height(Key key) {
        return heights.getOrDefault(key, 0.0);
    }

    /** How many different ways from a security group to a mount target are closed. */
    long closed() {
        return edges().stream()
                .filter(edge -> edge.from().column() == 1 && edge.state() == State.BROKEN)
                .count();
    }

    /** Tasks of one revision with the same groups, in whatever zone. */
    private static List<JsonNode> alike(JsonNode task) {
        return List.of(task.path("taskDefinition"), task.path("securityGroups"));
    }

    private void fileSystem(JsonNode fileSystem) {
        var id = Json.text(fileSystem, "fileSystemId");
        var name = Json.optionalText(fileSystem, "name").map(text -> text + " · ").orElse("");
        var allowed = Json.optionalText(fileSystem, "allowed");
        var state = Json.text(fileSystem, "state");
        var detail =
                state.equals("available")
                        ? allowed.map(paths -> "allows " + paths).orElse("not opted in")
                        : state;
        add(3, id, id, id, name + detail, state.equals("available") ? State.GOOD : State.BROKEN);
        Json.list(fileSystem, "mountTargets").forEach(target -> mountTarget(id, target));
        Json.list(fileSystem, "accessPoints").forEach(point -> accessPoint(id, point));
    }

    private void mountTarget(String fileSystem, JsonNode target) {
        var id = Json.text(target, "mountTargetId");
        var state = state(Json.text(target, "state"));
        var zone = Json.text(target, "availabilityZone");
        add(2, id, fileSystem + zone, id, zone + " · " + Json.text(target, "ipAddress"), state);
        join(2, id, 3, fileSystem, state);
    }

    private void accessPoint(String fileSystem, JsonNode point) {
        var id = Json.text(point, "accessPointId");
        var state = state(Json.text(point, "state"));
        var path = Json.text(point, "path");
        var owner = point.path("uid").asText() + ":" + point.path("gid").asText();
        add(4, id, fileSystem + path, id, path + " · " + owner, state);
        join(3, fileSystem, 4, id, state);
    }

    private static State state(String lifeCycle) {
        return lifeCycle.equals("available") ? State.GOOD : State.BROKEN;
    }

    private void tasks(List<JsonNode> alike, List<JsonNode> tasks) {
        var first = tasks.getFirst();
        var definition = Json.text(first, "taskDefinition");
        var groups = Json.texts(first, "securityGroups");
        var volumes = tasks.stream().flatMap(task -> Json.list(task, "volumes").stream()).toList();
        var order = Json.text(volumes.getFirst(), "fileSystemId") + definition;
        var state = volumes.stream().map(ClusterGraph::way).reduce(State.GOOD, State::and);
        var zones = tasks.stream().map(ClusterGraph::zone).distinct().sorted().toList();
        var count = tasks.size() == 1 ? "" : " × " + tasks.size();
        var names = tasks.stream().map(task -> Json.text(task, "task")).toList();
        var key = new Key(0, alike.toString());
        var set = new Key(1, groups.toString());
        var where = String.join(", ", zones);
        boxes.put(key, new Box(key, order, definition + count, where, names, state));
        securityGroups(set, order, groups, tasks.size());
        join(key, set, state);
        tasks.forEach(task ->
                Json.list(task, "volumes").forEach(volume -> mount(set, zone(task), volume)));
    }

    private static String zone(JsonNode task) {
        return Json.optionalText(task, "availabilityZone").orElse("no network interface yet");
    }

    private void securityGroups(Key key, String order, List<String> groups, int tasks) {
        var members = this.members.merge(key, tasks, Integer::sum);
        var title = groups.isEmpty() ? "not known" : groups.getFirst();
        var more = groups.size() > 1 ? "and " + (groups.size() - 1) + " more, " : "";
        var detail = "%sof %d task%s".formatted(more, members, members == 1 ? "" : "s");
        boxes.merge(
                key,
                new Box(key, order, title, detail, groups, State.UNKNOWN),
                (there, now) -> new Box(key, there.order(), title, detail, groups, State.UNKNOWN));
    }

    private void mount(Key groups, String zone, JsonNode volume) {
        var fileSystem = Json.text(volume, "fileSystemId");
        var way = way(volume);
        var target =
                Json.optionalText(volume, "mountTargetId")
                        .orElseGet(() -> missing(fileSystem, zone, way));
        join(groups, new Key(2, target), way);
        Json.optionalText(volume, "path").ifPresent(path -> directory(fileSystem, path));
    }

    /** A box where the mount target should be. */
    private String missing(String fileSystem, String zone, State way) {
        var id = fileSystem + " in " + zone;
        var title = way == State.BROKEN ? "no mount target" : "not known";
        add(2, id, fileSystem + zone, title, zone, way);
        join(2, id, 3, fileSystem, way);
        return id;
    }

    private void directory(String fileSystem, String path) {
        var id = fileSystem + path;
        add(4, id, id, "no access point", path, State.GOOD);
        join(3, fileSystem, 4, id, State.GOOD);
    }

    private static State way(JsonNode volume) {
        return switch (Json.text(volume, "way")) {
            case "open" -> State.GOOD;
            case "unknown" -> State.UNKNOWN;
            default -> State.BROKEN;
        };
    }

    private void add(
            int column, String id, String order, String title, String detail, State state) {
        var key = new Key(column, id);
        boxes.putIfAbsent(key, new Box(key, order, title, detail, List.of(), state));
    }

    private void join(int fromColumn, String from, int toColumn, String to, State state) {
        join(new Key(fromColumn, from), new Key(toColumn, to), state);
    }

    private void join(Key from, Key to, State state) {
        edges.merge(List.of(from, to), state, State::and);
    }

    private List<Box> column(int column) {
        return boxes.values().stream()
                .filter(box -> box.key().column() == column)
                .sorted(Comparator.comparing(Box::order).thenComparing(box -> box.key().id()))
                .toList();
    }

    private void place() {
        for (var column : columns()) {
            IntStream.range(0, column.size())
                    .forEach(
                            row -> heights.put(column.get(row).key(), (row + 0.5) / column.size()));
        }
    }
}
