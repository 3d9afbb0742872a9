package dev.efsautopilot.local.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class TeardownTest {

    private final List<String> closed = new ArrayList<>();
    private final Teardown teardown = new Teardown();

    @Test
    void what_started_last_is_closed_first_and_only_once() {
        teardown.add(() -> closed.add("first"));
        teardown.add(() -> closed.add("second"));

        teardown.close();
        teardown.close();

        assertThat(closed).containsExactly("second", "first");
    }

    @Test
    void one_that_fails_to_close_keeps_no_other_open() {
        teardown.add(() -> closed.add("first"));
        teardown.add(() -> {
            throw new IllegalArgumentException("stuck");
        });

        assertThatThrownBy(teardown::close).hasStackTraceContaining("stuck");

        assertThat(closed).containsExactly("first");
    }

    @Test
    void what_starts_after_the_end_is_closed_at_once() {
        teardown.close();

        assertThatThrownBy(() -> teardown.add(() -> closed.add("late")))
                .isInstanceOf(StartFailure.class);

        assertThat(closed).containsExactly("late");
    }
}
