package dev.efsautopilot.local.status;

import com.fasterxml.jackson.databind.JsonNode;
import dev.efsautopilot.json.Json;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * What functions did, refused and failed at.
 *
 * @param lines their log lines, the oldest first
 */
public record Doings(List<JsonNode> lines) {

    /**
     * What these functions told.
     *
     * @param functions their names without the stack's
     * @param told the lines of one; empty where there is no such function
     * @return empty where there is none of them
     */
    public static Optional<Doings> of(
            List<String> functions, Function<String, Optional<List<JsonNode>>> told) {
        var lines = new ArrayList<JsonNode>();
        var any = false;
        for (var function : functions) {
            var found = told.apply(function);
            any |= found.isPresent();
            found.ifPresent(lines::addAll);
        }
        lines.sort(Comparator.comparing(line -> Json.text(line, "timestamp")));
        return any ? Optional.of(new Doings(List.copyOf(lines))) : Optional.empty();
    }

    /** How many of them had this outcome: done, refused or failed. */
    long count(String outcome) {
        return lines.stream().filter(line -> Json.text(line, "outcome").equals(outcome)).count();
    }
}
