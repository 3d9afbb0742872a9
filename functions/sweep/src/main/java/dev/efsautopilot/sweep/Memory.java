package dev.efsautopilot.sweep;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.efsautopilot.aws.Ledger;
import dev.efsautopilot.json.Json;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.UnaryOperator;

/**
 * What one sweep leaves to the next, in one document of the ledger: where each stage stopped, and
 * since when what is unused. Lost, everything is looked at from the beginning, and nothing is
 * removed before its time has passed anew.
 */
final class Memory {

    private static final String KEY = "sweep";
    private static final Duration KEPT = Duration.ofDays(30);

    private final Optional<Ledger.Entry> read;
    private final Map<String, String> stopped = new TreeMap<>();

    /** The stages that this sweep went on with. */
    private final Set<String> moved = new TreeSet<>();

    private final ObjectNode notes;
    private Unused unused;

    private Memory(Optional<Ledger.Entry> read) {
        this.read = read;
        var body = read.map(Ledger.Entry::body).orElseGet(Json.MAPPER::createObjectNode);
        Json.object(body, "stopped")
                .properties()
                .forEach(field -> stopped.put(field.getKey(), field.getValue().asText()));
        this.notes = ((ObjectNode) Json.object(body, "notes")).deepCopy();
        this.unused = Unused.parse(Json.object(body, "unused"));
    }

    static Memory of(Ledger ledger) {
        return new Memory(ledger.read(KEY));
    }

    /** The last key that a stage looked at before it was stopped; "" where it begins anew. */
    String stopped(String stage) {
        return stopped.getOrDefault(stage, "");
    }

    void stop(String stage, String key) {
        moved.add(stage);
        stopped.put(stage, key);
    }

    void finish(String stage) {
        moved.add(stage);
        stopped.remove(stage);
    }

    Unused unused() {
        return unused;
    }

    void unused(UnaryOperator<Unused> change) {
        unused = change.apply(unused);
    }

    /** What a stage wants to know again in the next sweep: the object itself. */
    ObjectNode notes(String stage) {
        return notes.withObjectProperty(stage);
    }

    /**
     * Keeps it. Where another sweep was first, that one's is kept, but for how far the stages came
     * that this one went on with: who is slower has seen more.
     */
    void keep(Ledger ledger, Instant now) {
        if (!kept(ledger, now)) {
            of(ledger).movedAs(this).kept(ledger, now);
        }
    }

    private Memory movedAs(Memory other) {
        stopped.keySet().removeAll(other.moved);
        other.stopped.forEach((stage, key) -> {
            if (other.moved.contains(stage)) {
                stopped.put(stage, key);
            }
        });
        return this;
    }

    private boolean kept(Ledger ledger, Instant now) {
        var expires = now.plus(KEPT);
        return read.map(entry -> ledger.replace(entry, body(now), expires))
                .orElseGet(() -> ledger.create(KEY, body(now), expires));
    }

    private JsonNode body(Instant now) {
        var body = Json.MAPPER.createObjectNode();
        body.set("stopped", Json.MAPPER.valueToTree(stopped));
        body.set("notes", notes);
        body.set("unused", unused.toJson(now));
        return body;
    }
}
