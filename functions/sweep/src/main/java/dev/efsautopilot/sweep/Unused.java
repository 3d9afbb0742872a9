package dev.efsautopilot.sweep;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.efsautopilot.json.Json;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;

/**
 * Since when things of ours are seen unused, without a sight of their use in between. Whoever was
 * not looked at for three days begins anew: nobody knows what was in between.
 *
 * @param sights by the id of the thing
 */
record Unused(Map<String, Sight> sights) {

    private static final Duration OUT_OF_SIGHT = Duration.ofDays(3);

    /** One thing: unused since, and looked at last. */
    record Sight(Instant since, Instant last) {}

    Unused {
        sights = Map.copyOf(sights);
    }

    /** It is not used now. */
    Unused seen(String id, Instant now) {
        var before = sights.get(id);
        var since = before == null || forgotten(before, now) ? now : before.since();
        return with(id, new Sight(since, now));
    }

    /** It is used now, or gone. */
    Unused without(String id) {
        var fewer = new TreeMap<>(sights);
        fewer.remove(id);
        return new Unused(fewer);
    }

    /** Whether it is unused for as long as that. */
    boolean isDue(String id, Duration retention, Instant now) {
        var sight = sights.get(id);
        return sight != null && !sight.since().plus(retention).isAfter(now);
    }

    private Unused with(String id, Sight sight) {
        var more = new TreeMap<>(sights);
        more.put(id, sight);
        return new Unused(more);
    }

    private static boolean forgotten(Sight sight, Instant now) {
        return sight.last().plus(OUT_OF_SIGHT).isBefore(now);
    }

    static Unused parse(JsonNode json) {
        var sights = new TreeMap<String, Sight>();
        json.properties()
                .forEach(field ->
                        sights.put(
                                field.getKey(),
                                new Sight(
                                        Instant.parse(Json.text(field.getValue(), "since")),
                                        Instant.parse(Json.text(field.getValue(), "last")))));
        return new Unused(sights);
    }

    /** As the ledger keeps it; what is long out of sight is left out. */
    ObjectNode toJson(Instant now) {
        var json = Json.MAPPER.createObjectNode();
        new TreeMap<>(sights)
                .forEach((id, sight) -> {
                    if (!forgotten(sight, now)) {
                        json.putObject(id)
                                .put("since", sight.since().toString())
                                .put("last", sight.last().toString());
                    }
                });
        return json;
    }
}
