package dev.efsautopilot.clustermap;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.efsautopilot.json.Json;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;

final class ClusterPictureTest {

    private static final Path DOCS = Path.of("../docs");

    @Test
    void the_picture_in_the_documentation_is_drawn_from_the_answer_beside_it() throws IOException {
        assertThat(ClusterPicture.of(example()))
                .isEqualTo(Files.readString(DOCS.resolve("cluster-storage.svg")));
    }

    @Test
    void a_closed_way_is_red_and_dashed_and_an_open_one_green() throws Exception {
        var picture = drawn(example());

        assertThat(edges(picture, "#cf222e")).isEqualTo(5);
        assertThat(edges(picture, "#1a7f37")).isPositive();
        assertThat(text(picture)).contains("no mount target", "ways that are closed: 2");
    }

    @Test
    void tasks_that_are_alike_share_a_box() throws Exception {
        var storage = example();
        var one = storage.path("tasks").path(0);
        IntStream.range(0, 40)
                .forEach(i ->
                        storage.withArray("tasks")
                                .add(((ObjectNode) one.deepCopy()).put("task", "t" + i)));

        var picture = drawn(storage);

        assertThat(text(picture)).contains("orders:8 × 43");
        assertThat(boxes(picture)).isEqualTo(boxes(drawn(example())));
    }

    @Test
    void names_can_not_break_out_of_the_picture() throws Exception {
        var evil = "</text><script>alert(\"1\")</script>\u0000 & \ud800";
        var storage = example();
        storage.put("cluster", evil);
        storage.withArray("tasks")
                .valueStream()
                .forEach(task -> name(task, "taskDefinition", evil));
        var fileSystem = (ObjectNode) storage.path("fileSystems").path(0);
        fileSystem.put("name", evil).put("allowed", evil);
        name(fileSystem.path("accessPoints").path(0), "path", evil);
        name(fileSystem.path("mountTargets").path(0), "availabilityZone", evil);

        var picture = drawn(storage);

        assertThat(picture.getElementsByTagName("script").getLength()).isZero();
        assertThat(text(picture)).contains("</text><script>");
    }

    @Test
    void a_cluster_without_storage_has_a_picture_too() throws Exception {
        var empty =
                Json.MAPPER.createObjectNode().put("cluster", "prod").put("tasksWithoutStorage", 3);

        assertThat(text(drawn(empty)))
                .contains("0 tasks mount from 0 file systems, 3 mount nothing from EFS");
    }

    private static void name(JsonNode node, String field, String text) {
        ((ObjectNode) node).put(field, text);
    }

    private static ObjectNode example() throws IOException {
        return (ObjectNode) Json.MAPPER.readTree(DOCS.resolve("cluster-storage.json").toFile());
    }

    private static long edges(Document picture, String colour) {
        return elements(picture, "path")
                .filter(path -> path.getAttribute("stroke").equals(colour))
                .count();
    }

    private static long boxes(Document picture) {
        return elements(picture, "g").count();
    }

    private static Stream<Element> elements(Document picture, String name) {
        var list = picture.getElementsByTagName(name);
        return IntStream.range(0, list.getLength()).mapToObj(i -> (Element) list.item(i));
    }

    private static String text(Document picture) {
        return picture.getDocumentElement().getTextContent();
    }

    private static Document drawn(JsonNode storage) throws Exception {
        return DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(
                        new ByteArrayInputStream(
                                ClusterPicture.of(storage).getBytes(StandardCharsets.UTF_8)));
    }
}
