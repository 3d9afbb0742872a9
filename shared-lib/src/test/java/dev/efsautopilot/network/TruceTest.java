package dev.efsautopilot.network;

import static dev.efsautopilot.network.NfsFixture.ALL_OUT;
import static dev.efsautopilot.network.NfsFixture.TARGET;
import static dev.efsautopilot.network.NfsFixture.TASK;
import static dev.efsautopilot.network.NfsFixture.allowed;
import static dev.efsautopilot.network.NfsFixture.facts;
import static org.assertj.core.api.Assertions.assertThat;

import dev.efsautopilot.aws.LedgerInMemory;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

final class TruceTest {

    private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");
    private static final Loss REPLACED = new Loss.Groups(TARGET.target().id());

    private final Truce truce = new Truce(new LedgerInMemory().ledger());

    /** The mount target with this group, which lets nobody in. */
    private static NfsFacts behind(String group) {
        return facts(TASK, allowed(new MountTargetSide(TARGET.target(), List.of(group))), ALL_OUT);
    }

    private static NfsPlan plan(NfsFacts facts) {
        return new IngressGap(new NfsPolicy("stack", true, false)).plan(facts);
    }

    private static Instant after(int minutes) {
        return NOON.plus(Duration.ofMinutes(minutes));
    }

    private NfsPlan puttingBack(String group, int minutes) {
        var facts = behind(group);
        return truce.puttingBack(plan(facts), REPLACED, facts, after(minutes), after(minutes));
    }

    @Test
    void replaced_groups_get_the_rule_once_even_where_the_event_comes_twice() {
        var wanted = plan(behind("sg-new"));

        assertThat(puttingBack("sg-new", 0)).isEqualTo(wanted);
        assertThat(puttingBack("sg-new", 0)).isEqualTo(wanted);
    }

    @Test
    void replaced_again_within_the_hour_they_are_left_alone_whoever_asks() {
        puttingBack("sg-new", 0);

        assertThat(puttingBack("sg-newer", 30).steps()).isEmpty();
        assertThat(puttingBack("sg-newer", 30).refusals()).hasSize(1);
        assertThat(truce.respected(plan(behind("sg-newer")), after(80)).steps()).isEmpty();
        assertThat(truce.respected(plan(behind("sg-newer")), after(91)).steps()).hasSize(1);
    }

    @Test
    void replaced_after_an_hour_they_get_it_again() {
        puttingBack("sg-new", 0);

        assertThat(puttingBack("sg-newer", 61).steps()).hasSize(1);
    }
}
