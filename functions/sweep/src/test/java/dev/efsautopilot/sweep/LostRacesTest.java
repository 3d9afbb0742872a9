package dev.efsautopilot.sweep;

import static org.assertj.core.api.Assertions.assertThat;

import dev.efsautopilot.json.Json;
import dev.efsautopilot.revision.Revision;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class LostRacesTest {

    private static final Instant NOON = Instant.parse("2026-03-14T12:00:00Z");

    private static Revision revision(int number, String cpu, Map<String, String> tags) {
        var definition =
                Json.MAPPER
                        .createObjectNode()
                        .put("taskDefinitionArn", "arn:orders:" + number)
                        .put("family", "orders")
                        .put("revision", number)
                        .put("status", "ACTIVE")
                        .put("registeredAt", NOON.minus(Duration.ofHours(1)).getEpochSecond())
                        .put("cpu", cpu);
        return new Revision(definition, tags);
    }

    private static final Revision SOURCE = revision(4, "256", Map.of());

    private static Revision derived(int number, String cpu) {
        return revision(
                number,
                cpu,
                Map.of(Revision.SOURCE, "orders:4", Revision.MANAGED, "ecs-efs-autopilot"));
    }

    private static Revision naming(String derived) {
        return new Revision(SOURCE.definition(), Map.of(Revision.DERIVED, derived));
    }

    private static List<String> withdrawn(Revision source, Set<String> inUse, Revision... made) {
        return LostRaces.of(source, List.of(made), inUse, "ecs-efs-autopilot", NOON).stream()
                .map(SweepStep.WithdrawRevision::revision)
                .toList();
    }

    @Test
    void of_two_that_say_the_same_the_one_that_the_source_names_stays() {
        assertThat(withdrawn(naming("orders:6"), Set.of(), derived(6, "512"), derived(5, "512")))
                .containsExactly("orders:5");
    }

    @Test
    void where_the_source_names_none_the_first_stays() {
        assertThat(withdrawn(SOURCE, Set.of(), derived(6, "512"), derived(5, "512")))
                .containsExactly("orders:6");
    }

    @Test
    void what_says_something_else_stays() {
        assertThat(withdrawn(SOURCE, Set.of(), derived(6, "1024"), derived(5, "512"))).isEmpty();
    }

    @Test
    void what_a_service_is_on_stays() {
        assertThat(
                        withdrawn(
                                naming("orders:5"),
                                Set.of("arn:orders:6"),
                                derived(6, "512"),
                                derived(5, "512")))
                .isEmpty();
    }

    @Test
    void what_another_stack_or_a_person_made_stays() {
        var tags = new TreeMap<>(derived(6, "512").tags());
        tags.put(Revision.MANAGED, "another-stack");
        assertThat(withdrawn(SOURCE, Set.of(), revision(6, "512", tags), derived(5, "512")))
                .isEmpty();
        assertThat(withdrawn(SOURCE, Set.of(), revision(6, "512", Map.of()), derived(5, "512")))
                .isEmpty();
    }

    @Test
    void a_race_that_may_still_run_is_left_alone() {
        var young =
                new Revision(
                        ((com.fasterxml.jackson.databind.node.ObjectNode)
                                        derived(6, "512").definition().deepCopy())
                                .put("registeredAt", NOON.minusSeconds(60).getEpochSecond()),
                        derived(6, "512").tags());

        assertThat(withdrawn(SOURCE, Set.of(), young, derived(5, "512"))).isEmpty();
    }
}
