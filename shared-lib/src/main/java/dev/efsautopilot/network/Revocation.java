package dev.efsautopilot.network;

import com.fasterxml.jackson.databind.JsonNode;
import dev.efsautopilot.json.Json;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * The last time that somebody revoked a rule.
 *
 * @param revokedAt when, to the second
 * @param leftAlone whether it was the second time within the hour
 */
record Revocation(Instant revokedAt, boolean leftAlone) {

    private static final Duration HOUR = Duration.ofHours(1);

    /** What a revocation means after the last one. The same one told again changes nothing. */
    static Revocation next(Optional<Revocation> last, Instant revokedAt, Instant now) {
        return last.filter(before -> before.recent(now))
                .map(before ->
                        before.revokedAt.equals(revokedAt)
                                ? before
                                : new Revocation(revokedAt, true))
                .orElseGet(() -> new Revocation(revokedAt, false));
    }

    boolean recent(Instant now) {
        return revokedAt.plus(HOUR).isAfter(now);
    }

    Map<String, Object> toMap() {
        return Map.of("revokedAt", revokedAt.toString(), "leftAlone", leftAlone);
    }

    static Revocation parse(JsonNode json) {
        return new Revocation(
                Instant.parse(Json.text(json, "revokedAt")), json.path("leftAlone").asBoolean());
    }
}
