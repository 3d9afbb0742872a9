package dev.efsautopilot.clustermap;

import com.fasterxml.jackson.databind.JsonNode;
import dev.efsautopilot.report.Svg;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The storage of a cluster as an SVG map: tasks, security groups, mount targets, file systems,
 * access points from left to right. Tasks that are alike share a box; a way is green where it is
 * open, red and dashed where it is not, grey where that can't be said.
 */
public final class ClusterPicture {

    private static final int LEFT = 24;
    private static final int TOP = 112;
    private static final int COLUMN = 268;
    private static final int BOX_WIDTH = 212;
    private static final int BOX_HEIGHT = 40;
    private static final int ROW = 56;

    /** About what fits into a box. */
    private static final int LETTERS = 24;

    private static final List<String> TITLES =
            List.of("Tasks", "Security groups", "Mount targets", "File systems", "Access points");

    private ClusterPicture() {}

    /**
     * The picture.
     *
     * @param storage what {@link ClusterStorage#toMap} gave, as JSON
     */
    public static String of(JsonNode storage) {
        var graph = ClusterGraph.of(storage);
        var rows = graph.columns().stream().mapToInt(List::size).max().orElse(0);
        var width = LEFT * 2 + COLUMN * (TITLES.size() - 1) + BOX_WIDTH;
        var room = Math.max(1, rows) * ROW;
        var height = TOP + room + LEFT;
        return """
        <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %1$d %2$d" width="%1$d" height="%2$d" \
        role="img" font-family="system-ui, 'Segoe UI', 'DejaVu Sans', sans-serif" font-size="12">
        <title>%3$s</title>
        <rect width="100%%" height="100%%" fill="#ffffff"/>
        <text x="24" y="30" font-size="16" font-weight="600" fill="#1f2328">%3$s</text>
        <text x="24" y="52" fill="#59636e">%4$s</text>
        %5$s%6$s%7$s</svg>
        """
                .formatted(
                        width,
                        height,
                        Svg.escaped(
                                "Storage of the cluster " + name(storage.path("cluster").asText())),
                        Svg.escaped(summary(storage, graph)),
                        titles(),
                        edges(graph, room),
                        boxes(graph, room));
    }

    private static String name(String cluster) {
        return cluster.substring(cluster.lastIndexOf('/') + 1);
    }

    private static String count(int number, String one, String many) {
        return number + " " + (number == 1 ? one : many);
    }

    private static String summary(JsonNode storage, ClusterGraph graph) {
        return "%s from %s, %s nothing from EFS%s%s"
                .formatted(
                        count(storage.path("tasks").size(), "task mounts", "tasks mount"),
                        count(storage.path("fileSystems").size(), "file system", "file systems"),
                        count(storage.path("tasksWithoutStorage").asInt(), "mounts", "mount"),
                        storage.path("more").asBoolean() ? "; there are more tasks than these" : "",
                        graph.closed() == 0 ? "" : "; ways that are closed: " + graph.closed());
    }

    private static String titles() {
        var text = new StringBuilder();
        for (var column = 0; column < TITLES.size(); column++) {
            text.append(
                    "<text x=\"%d\" y=\"%d\" font-weight=\"600\" fill=\"#1f2328\">%s</text>\n"
                            .formatted(x(column), TOP - 18, TITLES.get(column)));
        }
        return text.toString();
    }

    private static String edges(ClusterGraph graph, int room) {
        var text = new StringBuilder();
        for (var edge : graph.edges()) {
            var startX = x(edge.from().column()) + BOX_WIDTH;
            var endX = x(edge.to().column());
            var startY = y(graph, edge.from(), room) + BOX_HEIGHT / 2;
            var endY = y(graph, edge.to(), room) + BOX_HEIGHT / 2;
            var bend = (startX + endX) / 2;
            text.append(
                    "<path d=\"M%d %d C%d %d %d %d %d %d\" fill=\"none\" stroke=\"%s\" stroke-width=\"2\"%s/>\n"
                            .formatted(
                                    startX,
                                    startY,
                                    bend,
                                    startY,
                                    bend,
                                    endY,
                                    endX,
                                    endY,
                                    colour(edge.state()),
                                    edge.state() == ClusterGraph.State.BROKEN
                                            ? " stroke-dasharray=\"5 4\""
                                            : ""));
        }
        return text.toString();
    }

    private static String boxes(ClusterGraph graph, int room) {
        var text = new StringBuilder();
        for (var column : graph.columns()) {
            for (var box : column) {
                text.append(box(box, y(graph, box.key(), room)));
            }
        }
        return text.toString();
    }

    private static String box(ClusterGraph.Box box, int y) {
        var x = x(box.key().column());
        return """
        <g><title>%s</title>\
        <rect x="%d" y="%d" width="%d" height="%d" rx="6" fill="#f6f8fa" stroke="%s" stroke-width="1.5"/>\
        <text x="%d" y="%d" font-weight="600" fill="#1f2328">%s</text>\
        <text x="%d" y="%d" font-size="11" fill="#59636e">%s</text></g>
        """
                .formatted(
                        Svg.escaped(
                                Stream.concat(
                                                Stream.of(box.title(), box.detail()),
                                                box.names().stream())
                                        .collect(Collectors.joining(", "))),
                        x,
                        y,
                        BOX_WIDTH,
                        BOX_HEIGHT,
                        colour(box.state()),
                        x + 10,
                        y + 17,
                        Svg.escaped(shortened(box.title(), LETTERS)),
                        x + 10,
                        y + 32,
                        Svg.escaped(shortened(box.detail(), LETTERS + 6)));
    }

    private static String shortened(String text, int letters) {
        return text.length() <= letters ? text : text.substring(0, letters - 1) + "…";
    }

    private static int x(int column) {
        return LEFT + column * COLUMN;
    }

    /** Each column takes the whole height, so that what belongs together stays near. */
    private static int y(ClusterGraph graph, ClusterGraph.Key key, int room) {
        return TOP + (int) (graph.height(key) * room) - BOX_HEIGHT / 2;
    }

    private static String colour(ClusterGraph.State state) {
        return switch (state) {
            case GOOD -> Svg.GREEN;
            case BROKEN -> Svg.RED;
            case UNKNOWN -> Svg.GREY;
        };
    }
}
