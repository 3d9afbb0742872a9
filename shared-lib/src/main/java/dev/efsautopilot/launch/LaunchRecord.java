package dev.efsautopilot.launch;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.efsautopilot.json.Json;
import java.util.List;

/**
 * How a task was launched.
 *
 * @param source where this is known from
 * @param request the request that starts a task the same way, as {@code RunTask} takes it; without
 *     {@code count} and {@code clientToken}, which are about that call alone
 * @param missing what is not known of the request, in words; a task that is run again without
 *     telling it may run differently
 */
public record LaunchRecord(Source source, ObjectNode request, List<String> missing) {

    private static final String AWSVPC = "/networkConfiguration/awsvpcConfiguration";

    /** Where a launch is known from, the best first. */
    public enum Source {
        /** The RunTask call itself. */
        API_EVENT,
        /** What somebody who is not AWS said of the call. */
        REPLAYED,
        /** The task and its network interface while they lived. */
        OBSERVED
    }

    /** Whether all of the request is known. */
    public boolean complete() {
        return missing.isEmpty();
    }

    /**
     * This record with what the other knows better: the call beats the observation, and what
     * CloudTrail hid comes from the observed task. The order does not matter, but that of two
     * replays the first counts, and none against what AWS itself told.
     */
    public LaunchRecord merge(LaunchRecord other) {
        if (source == other.source) {
            return source == Source.REPLAYED || knows() >= other.knows() ? this : other;
        }
        var mine = source.compareTo(other.source) < 0;
        var better = mine ? this : other;
        var worse = mine ? other : this;
        if (worse.source == Source.REPLAYED) {
            return better;
        }
        var revealed = Hidden.revealed(better, worse);
        return better.source == Source.REPLAYED ? revealed.within(worse) : revealed;
    }

    /** This replay with the security groups and the public address that were seen. */
    private LaunchRecord within(LaunchRecord observed) {
        if (!(observed.request.at(AWSVPC) instanceof ObjectNode seen)) {
            return this;
        }
        var mended = request.deepCopy();
        if (mended.at(AWSVPC) instanceof ObjectNode network) {
            var subnets = network.path("subnets").deepCopy();
            seen.properties().forEach(it -> network.set(it.getKey(), it.getValue()));
            network.set("subnets", subnets);
        }
        return new LaunchRecord(source, mended, missing);
    }

    /** Of two observations that with the network interface tells more, however much it misses. */
    private int knows() {
        return 100 * request.size() - missing.size();
    }

    /** The record as the ledger keeps it. */
    public ObjectNode toJson() {
        var json = Json.MAPPER.createObjectNode().put("source", source.name());
        json.put("complete", complete()).set("request", request);
        missing.forEach(json.putArray("missing")::add);
        return json;
    }

    /** The record that the ledger kept. */
    public static LaunchRecord parse(JsonNode json) {
        return new LaunchRecord(
                Source.valueOf(Json.text(json, "source")),
                (ObjectNode) Json.object(json, "request"),
                Json.texts(json, "missing"));
    }
}
