package dev.efsautopilot.storage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.efsautopilot.aws.AccessPointRoot;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class AccessPointSpecTest {

    private static final AccessPointRoot ROOT =
            new AccessPointRoot("fs-1", "/orders/data", 1000, 1000, List.of(3L, 7L), "0750");
    private static final AccessPointSpec SPEC =
            new AccessPointSpec(ROOT, "stack", "orders", "data");

    @Test
    void the_token_is_what_efs_takes() {
        assertThat(SPEC.token()).matches("[0-9a-f]{64}");
    }

    @Test
    void everything_counts_for_the_token() {
        var others =
                Stream.of(
                        spec(
                                new AccessPointRoot(
                                        "fs-2", "/orders/data", 1000, 1000, List.of(), "0750")),
                        spec(
                                new AccessPointRoot(
                                        "fs-1", "/orders/log", 1000, 1000, List.of(), "0750")),
                        spec(
                                new AccessPointRoot(
                                        "fs-1", "/orders/data", 1001, 1000, List.of(), "0750")),
                        spec(
                                new AccessPointRoot(
                                        "fs-1", "/orders/data", 1000, 1001, List.of(), "0750")),
                        spec(
                                new AccessPointRoot(
                                        "fs-1", "/orders/data", 1000, 1000, List.of(3L), "0750")),
                        spec(
                                new AccessPointRoot(
                                        "fs-1", "/orders/data", 1000, 1000, List.of(), "0770")),
                        new AccessPointSpec(ROOT, "other", "orders", "data"),
                        new AccessPointSpec(ROOT, "stack", "other", "data"),
                        new AccessPointSpec(ROOT, "stack", "orders", "other"),
                        SPEC);

        assertThat(others.map(AccessPointSpec::token).distinct()).hasSize(10);
    }

    @Test
    void two_ways_of_writing_one_thing_are_one_access_point() {
        var other =
                spec(
                        new AccessPointRoot(
                                "fs-1", "/orders/data", 1000, 1000, List.of(7L, 3L, 7L), "750"));

        assertThat(other).isEqualTo(SPEC);
        assertThat(other.token()).isEqualTo(SPEC.token());
    }

    @Test
    void its_tags_fit_into_tags() {
        var long255 = "f".repeat(255);
        var tags = new AccessPointSpec(ROOT, "stack", long255, long255).tags("event/1");

        assertThat(tags.values()).allMatch(value -> value.length() <= 256);
        assertThat(tags).containsEntry("efs-autopilot/managed", "stack");
    }

    private static AccessPointSpec spec(AccessPointRoot root) {
        return new AccessPointSpec(root, "stack", "orders", "data");
    }
}
