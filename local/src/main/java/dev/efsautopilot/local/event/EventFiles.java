package dev.efsautopilot.local.event;

import com.fasterxml.jackson.databind.JsonNode;
import dev.efsautopilot.json.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The folder {@code events/} of the project: a file for each kind of event, told of in its README.
 *
 * @param folder where it is
 */
public record EventFiles(Path folder) {

    /** {@code | `file.json` | what it is | `sam local invoke Function …` |} */
    private static final Pattern ROW =
            Pattern.compile("\\| `([\\w-]+)\\.json` \\| (.+?) \\| `sam local invoke (\\w+)");

    /**
     * A kind of event.
     *
     * @param name the file's, without its ending
     * @param words what it is
     * @param function the logical id of the function that it wakes
     */
    public record Kind(String name, String words, String function) {}

    /** Every kind, in the order of the README. */
    public List<Kind> kinds() {
        return ROW.matcher(text("README.md"))
                .results()
                .map(row -> new Kind(row.group(1), row.group(2).replace("`", ""), row.group(3)))
                .toList();
    }

    /** The event of a kind; empty where there is no such kind. */
    public Optional<JsonNode> event(String kind) {
        return kinds().stream()
                .filter(known -> known.name().equals(kind))
                .findFirst()
                .map(known -> json(known.name() + ".json"));
    }

    private JsonNode json(String file) {
        try {
            return Json.MAPPER.readTree(text(file));
        } catch (IOException e) {
            throw new UncheckedIOException(file, e);
        }
    }

    private String text(String file) {
        try {
            return Files.readString(folder.resolve(file));
        } catch (IOException e) {
            throw new UncheckedIOException(folder.resolve(file).toString(), e);
        }
    }
}
