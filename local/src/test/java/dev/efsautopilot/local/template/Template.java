package dev.efsautopilot.local.template;

import com.fasterxml.jackson.databind.JsonNode;
import dev.efsautopilot.json.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.AbstractConstruct;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/** The project's template as a tree; {@code !Sub x} is there as {@code {"!Sub": x}}. */
final class Template {

    /** The project's folder. */
    static final Path ROOT = Path.of(System.getProperty("autopilot.root", "..")).toAbsolutePath();

    private final JsonNode tree;

    private Template(JsonNode tree) {
        this.tree = tree;
    }

    static Template read() {
        Object loaded = new Yaml(new Intrinsics()).load(text("template.yaml"));
        return new Template(Json.MAPPER.valueToTree(loaded));
    }

    /** A file of the project. */
    static String text(String path) {
        try {
            return Files.readString(ROOT.resolve(path));
        } catch (IOException e) {
            throw new UncheckedIOException(path, e);
        }
    }

    /** The resources of this type, by logical id. */
    Stream<Map.Entry<String, JsonNode>> resources(String type) {
        return tree.path("Resources").properties().stream()
                .filter(resource -> resource.getValue().path("Type").asText().equals(type));
    }

    /** What SAM gives to every resource of a kind, such as {@code Function}. */
    JsonNode globals(String kind) {
        return tree.path("Globals").path(kind);
    }

    /** The functions' event sources of this type, by the function's logical id. */
    Stream<Map.Entry<String, JsonNode>> events(String type) {
        return resources("AWS::Serverless::Function")
                .flatMap(function ->
                        function.getValue()
                                .at("/Properties/Events")
                                .valueStream()
                                .filter(event -> event.path("Type").asText().equals(type))
                                .map(event -> Map.entry(function.getKey(), event)));
    }

    private static final class Intrinsics extends SafeConstructor {

        Intrinsics() {
            super(new LoaderOptions());
            yamlMultiConstructors.put(
                    "!",
                    new AbstractConstruct() {
                        @Override
                        public Object construct(Node node) {
                            return Map.of(node.getTag().getValue(), plain(node));
                        }
                    });
        }

        private Object plain(Node node) {
            return switch (node) {
                case ScalarNode scalar -> scalar.getValue();
                case SequenceNode sequence -> constructSequence(sequence);
                case MappingNode mapping -> constructMapping(mapping);
                default -> throw new IllegalStateException(Tag.STR + " " + node);
            };
        }
    }
}
