package dev.efsautopilot.bench;

import com.fasterxml.jackson.databind.JsonNode;
import dev.efsautopilot.json.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What each pure part costs, and {@code docs/pure.json}, which keeps it.
 *
 * @param of by the part's name
 */
record PureCosts(Map<String, Cost> of) {

    static final String FILE = "pure.json";

    /** Bytes depend on the code alone, or nearly; times on the machine as well. */
    private static final double MOST_BYTES = 1.5;

    private static final double MOST_TIME = 3;

    /**
     * What an event costs in one part.
     *
     * @param micros microseconds
     * @param bytes of memory, garbage at once
     */
    record Cost(double micros, double bytes) {}

    static PureCosts read(Path docs) throws IOException {
        var costs = new TreeMap<String, Cost>();
        var file = docs.resolve(FILE);
        if (Files.exists(file)) {
            Json.MAPPER
                    .readTree(file.toFile())
                    .properties()
                    .forEach(part -> costs.put(part.getKey(), cost(part.getValue())));
        }
        return new PureCosts(costs);
    }

    private static Cost cost(JsonNode json) {
        return new Cost(json.path("micros").asDouble(), json.path("bytes").asDouble());
    }

    void write(Path docs) throws IOException {
        var json = Json.MAPPER.createObjectNode();
        of.forEach((part, cost) ->
                json.putObject(part)
                        .put("micros", Math.round(cost.micros() * 100) / 100.0)
                        .put("bytes", Math.round(cost.bytes())));
        Files.writeString(docs.resolve(FILE), json.toPrettyString() + "\n");
        Page.put(docs, "./autopilot bench --pure", table());
    }

    private String table() {
        var table = new StringBuilder(Page.row(List.of("part", "µs/event", "bytes/event")));
        table.append("| --- | ---: | ---: |\n");
        of.forEach((part, cost) ->
                table.append(
                        Page.row(
                                List.of(
                                        part,
                                        Page.number(cost.micros(), 1),
                                        Page.number(cost.bytes(), 0)))));
        return table.toString();
    }

    /** Each part beside what it was; {@code GREW} where it is more than noise. */
    String against(PureCosts before) {
        var lines = new StringBuilder();
        of.forEach((part, now) -> {
            var was = before.of.getOrDefault(part, now);
            lines.append(
                    String.format(
                            "%-42s %9.2f µs (× %.2f) %10.0f bytes (× %.2f)%s%n",
                            part,
                            now.micros(),
                            now.micros() / was.micros(),
                            now.bytes(),
                            now.bytes() / was.bytes(),
                            grew(now, was) ? "  GREW" : ""));
        });
        return lines.toString();
    }

    /** Whether a part costs more than it did, beyond noise. */
    boolean grewSince(PureCosts before) {
        return of.entrySet().stream()
                .anyMatch(part ->
                        grew(
                                part.getValue(),
                                before.of.getOrDefault(part.getKey(), part.getValue())));
    }

    private static boolean grew(Cost now, Cost was) {
        return now.bytes() > MOST_BYTES * was.bytes() || now.micros() > MOST_TIME * was.micros();
    }
}
