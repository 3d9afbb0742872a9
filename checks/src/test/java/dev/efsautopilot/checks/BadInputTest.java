package dev.efsautopilot.checks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.efsautopilot.json.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/**
 * Whatever comes in, every function answers with an outcome and one line that says what was wrong;
 * in an account where nothing is, it changes nothing. An event that threw would be retried and end
 * in the dead letters: nothing that is wrong with an event may do that.
 */
class BadInputTest {

    private static final Path EVENTS = Path.of("..", "events");
    private static final int CASES = Integer.getInteger("fuzz.cases", 10_000);

    private final FakeAws aws = new FakeAws();
    private final House house = new House(aws);

    private static List<JsonNode> real() throws IOException {
        var events = new ArrayList<JsonNode>();
        try (var files = Files.list(EVENTS)) {
            for (var file :
                    files.filter(name -> name.toString().endsWith(".json")).sorted().toList()) {
                var event = Json.MAPPER.readTree(Files.readAllBytes(file));
                events.add(event);
                if (event.path("body").isTextual()) {
                    // The same by a direct invoke.
                    events.add(Json.MAPPER.readTree(event.path("body").asText()));
                }
            }
        }
        return events;
    }

    @Test
    void no_payload_is_thrown_back_or_changes_anything() throws IOException {
        var seed =
                Long.getLong("fuzz.seed", 0) == 0 ? System.nanoTime() : Long.getLong("fuzz.seed");
        System.out.println("bad input: " + CASES + " cases, -Dfuzz.seed=" + seed);
        var random = new Random(seed);
        var mutations = new Mutations(random);
        var events = real();
        var functions = new ArrayList<String>();
        House.names().forEach(functions::add);
        var outcomes = new TreeMap<String, Integer>();
        for (var number = 0; number < CASES; number++) {
            var function = functions.get(random.nextInt(functions.size()));
            var payload = mutations.of(events.get(random.nextInt(events.size())));
            aws.calls.clear();
            aws.ledger.clear();
            var outcome = outcome(function, payload, "seed " + seed + ", case " + number);
            outcomes.merge(outcome, 1, Integer::sum);
        }
        System.out.println("bad input: " + outcomes);
        assertThat(outcomes).containsKeys("ignored", "refused");
    }

    /** Gives a payload to a function and checks all that must hold. */
    private String outcome(String function, byte[] payload, String at) {
        var told = house.give(function, payload);
        var about = at + ", " + function + ": " + shown(payload);
        told.thrown().ifPresent(thrown -> fail(about + "\n" + aws.calls, thrown));
        assertThat(aws.writes()).as(about).isEmpty();
        assertThat(told.log().lines()).as(about).hasSize(1);
        var line = parsed(told.log());
        assertThat(line.path("level").asText()).as(told.log() + about).isIn("INFO", "WARN");
        var outcome = line.path("outcome").asText();
        if (outcome.equals("ignored") || outcome.equals("refused")) {
            assertThat(line.path("why").asText()).as(about).isNotBlank();
        }
        return outcome;
    }

    static JsonNode parsed(String json) {
        try {
            return Json.MAPPER.readTree(json);
        } catch (JsonProcessingException e) {
            throw new AssertionError("no JSON: " + json, e);
        }
    }

    private static String shown(byte[] payload) {
        var text = new String(payload, StandardCharsets.UTF_8);
        return text.length() > 9000 ? text.substring(0, 9000) + "…" : text;
    }
}
