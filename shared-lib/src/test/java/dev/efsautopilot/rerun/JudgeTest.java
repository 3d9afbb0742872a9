package dev.efsautopilot.rerun;

import static dev.efsautopilot.stop.StopCause.ACCESS_POINT_MISSING;
import static dev.efsautopilot.stop.StopCause.CAPACITY;
import static dev.efsautopilot.stop.StopCause.EXIT_CODE;
import static dev.efsautopilot.stop.StopCause.EXIT_ZERO;
import static dev.efsautopilot.stop.StopCause.HOST_TERMINATED;
import static dev.efsautopilot.stop.StopCause.IMAGE_MISSING;
import static dev.efsautopilot.stop.StopCause.NETWORK_INTERFACE;
import static dev.efsautopilot.stop.StopCause.NFS_BLOCKED;
import static dev.efsautopilot.stop.StopCause.OUT_OF_MEMORY;
import static dev.efsautopilot.stop.StopCause.SPOT_INTERRUPTION;
import static dev.efsautopilot.stop.StopCause.UNKNOWN;
import static dev.efsautopilot.stop.StopCause.USER;
import static org.assertj.core.api.Assertions.assertThat;

import dev.efsautopilot.event.EventFiles;
import dev.efsautopilot.json.Json;
import dev.efsautopilot.plan.Result;
import dev.efsautopilot.rerun.Verdict.Abandon;
import dev.efsautopilot.rerun.Verdict.Nothing;
import dev.efsautopilot.rerun.Verdict.Repair;
import dev.efsautopilot.rerun.Verdict.RunAgain;
import dev.efsautopilot.rerun.Verdict.WaitUntil;
import dev.efsautopilot.stop.Stop;
import dev.efsautopilot.stop.StopCause;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class JudgeTest {

    private static final Instant NOW = Instant.parse("2026-03-14T10:00:00Z");

    /** What a test changes of the ordinary situation: the first end of a task that ran an hour. */
    private record Given(
            StopCause cause, String words, Owner owner, Lineage lineage, boolean copy) {

        static Given of(StopCause cause, String words) {
            return new Given(cause, words, Owner.NOBODY, Lineage.of("t"), false);
        }

        Given owner(Owner whose) {
            return new Given(cause, words, whose, lineage, copy);
        }

        Given after(StopCause... causes) {
            var grown = lineage;
            for (var before : causes) {
                var number = grown.attempts().size() + 1;
                grown =
                        grown.with(
                                new Attempt(
                                        number,
                                        "t" + number,
                                        before,
                                        Duration.ofHours(1),
                                        NOW,
                                        0,
                                        Optional.of("t" + (number + 1)),
                                        Optional.empty()));
            }
            return new Given(cause, words, owner, grown, copy);
        }

        Given withCopy() {
            return new Given(cause, words, owner, lineage, true);
        }

        Verdict verdict(boolean ownTag, boolean byHand) {
            var policy =
                    switch (RerunPolicy.parse(words)) {
                        case Result.Ok<RerunPolicy>(var parsed) -> parsed;
                        case Result.Refused<RerunPolicy>(var refusal) ->
                                throw new AssertionError(refusal.sentence());
                    };
            return Judge.verdict(
                    new Situation(
                            cause,
                            cause == EXIT_CODE ? Set.of(75) : Set.of(),
                            Duration.ofHours(1),
                            policy,
                            ownTag,
                            owner,
                            lineage,
                            false,
                            copy,
                            byHand,
                            NOW,
                            0.5));
        }

        Verdict verdict() {
            return verdict(false, false);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "spot,on=infrastructure,RunAgain",
        "mount-timeout,on=infrastructure,Repair",
        "exit-0,on=failure,Nothing",
        "exit-1,on=infrastructure,Nothing",
        "exit-1,on=failure,WaitUntil",
        "oom,on=infrastructure,Abandon",
        "user,on=failure,Nothing",
        "image-missing,on=failure,Abandon",
        "spot,on=off,Nothing"
    })
    void each_end_of_the_task_of_the_events_has_its_verdict(
            String end, String words, String verdict) {
        var task = EventFiles.task("task-stopped-" + end);
        var cause = Stop.of(task, Json.MAPPER.missingNode()).cause();

        assertThat(Given.of(cause, words).verdict().getClass().getSimpleName()).isEqualTo(verdict);
    }

    @Test
    void spot_takes_the_host_and_the_task_runs_again_at_once() {
        assertThat(Given.of(SPOT_INTERRUPTION, "on=infrastructure").verdict())
                .isEqualTo(new RunAgain(1, SPOT_INTERRUPTION.meaning()));
    }

    @Test
    void other_infrastructure_waits_with_full_jitter_and_doubles() {
        assertThat(Given.of(NETWORK_INTERFACE, "on=infrastructure").verdict())
                .isEqualTo(new WaitUntil(1, NOW.plusSeconds(15), NETWORK_INTERFACE.meaning()));
        assertThat(
                        Given.of(NETWORK_INTERFACE, "on=infrastructure")
                                .after(SPOT_INTERRUPTION, SPOT_INTERRUPTION)
                                .verdict())
                .isEqualTo(new WaitUntil(3, NOW.plusSeconds(60), NETWORK_INTERFACE.meaning()));
    }

    @Test
    void capacity_waits_longer_and_never_longer_than_the_policy_allows() {
        assertThat(Given.of(CAPACITY, "on=infrastructure").verdict())
                .isEqualTo(new WaitUntil(1, NOW.plusSeconds(60), CAPACITY.meaning()));
        assertThat(Given.of(CAPACITY, "on=infrastructure max-backoff=40s").verdict())
                .isEqualTo(new WaitUntil(1, NOW.plusSeconds(20), CAPACITY.meaning()));
    }

    @ParameterizedTest
    @EnumSource(
            value = StopCause.class,
            names = {"USER", "SCHEDULER", "DEPLOYMENT", "SCALING", "HEALTH_CHECK", "EXIT_ZERO"})
    void what_was_wanted_or_done_is_left_alone(StopCause cause) {
        assertThat(Given.of(cause, "on=failure").verdict()).isInstanceOf(Nothing.class);
    }

    @Test
    void without_a_policy_nothing_runs_but_storage_is_repaired() {
        assertThat(Given.of(SPOT_INTERRUPTION, "off").verdict()).isInstanceOf(Nothing.class);
        assertThat(Given.of(NFS_BLOCKED, "off").verdict())
                .isInstanceOfSatisfying(
                        Repair.class, repair -> assertThat(repair.thenRun()).isFalse());
    }

    @Test
    void storage_is_repaired_and_then_the_task_runs() {
        assertThat(Given.of(NFS_BLOCKED, "on=infrastructure").verdict())
                .isEqualTo(new Repair(true, 1, NOW, NFS_BLOCKED.meaning()));
        assertThat(Given.of(StopCause.DNS, "on=infrastructure").verdict())
                .isEqualTo(new Repair(true, 1, NOW.plusSeconds(90), StopCause.DNS.meaning()));
    }

    @Test
    void storage_that_only_a_person_can_cure_is_abandoned_at_once() {
        assertThat(Given.of(ACCESS_POINT_MISSING, "on=infrastructure").verdict())
                .isInstanceOf(Abandon.class);
    }

    @ParameterizedTest
    @CsvSource({
        "EXIT_CODE, on=infrastructure, Nothing",
        "EXIT_CODE, on=failure, WaitUntil",
        "EXIT_CODE, on=failure exit=75, WaitUntil",
        "EXIT_CODE, on=failure exit=1, Abandon",
        "OUT_OF_MEMORY, on=failure, Abandon",
        "OUT_OF_MEMORY, on=failure exit=137, WaitUntil",
        "OUT_OF_MEMORY, on=infrastructure, Abandon",
        "IMAGE_MISSING, on=failure, Abandon",
        "UNKNOWN, on=failure, Abandon",
        "HOST_TERMINATED, on=failure, RunAgain"
    })
    void cause_and_policy_make_the_verdict(StopCause cause, String words, String verdict) {
        assertThat(Given.of(cause, words).verdict().getClass().getSimpleName()).isEqualTo(verdict);
    }

    @Test
    void attempts_end() {
        assertThat(
                        Given.of(SPOT_INTERRUPTION, "on=infrastructure attempts=2")
                                .after(SPOT_INTERRUPTION, HOST_TERMINATED)
                                .verdict())
                .isInstanceOf(Abandon.class);
    }

    @Test
    void infrastructure_losses_do_not_use_up_the_attempts_of_on_failure() {
        var losses =
                Given.of(EXIT_CODE, "on=failure attempts=2")
                        .after(SPOT_INTERRUPTION, HOST_TERMINATED, EXIT_CODE);
        assertThat(losses.verdict()).isInstanceOf(WaitUntil.class);
        assertThat(losses.after(EXIT_CODE).verdict()).isInstanceOf(Abandon.class);
        assertThat(Given.of(SPOT_INTERRUPTION, "on=failure attempts=1").after(EXIT_CODE).verdict())
                .isInstanceOf(RunAgain.class);
    }

    @ParameterizedTest
    @EnumSource(value = Owner.class, mode = EnumSource.Mode.EXCLUDE, names = "NOBODY")
    void tasks_of_others_are_repaired_and_not_run(Owner owner) {
        assertThat(Given.of(SPOT_INTERRUPTION, "on=failure").owner(owner).verdict())
                .isInstanceOf(Nothing.class);
        assertThat(Given.of(NFS_BLOCKED, "on=failure").owner(owner).verdict())
                .isInstanceOfSatisfying(
                        Repair.class, repair -> assertThat(repair.thenRun()).isFalse());
    }

    @Test
    void a_tag_on_the_task_itself_says_otherwise_but_never_for_services() {
        var batch = Given.of(SPOT_INTERRUPTION, "on=failure").owner(Owner.BATCH);
        assertThat(batch.verdict(true, false)).isInstanceOf(RunAgain.class);
        assertThat(batch.owner(Owner.SERVICE).verdict(true, false)).isInstanceOf(Nothing.class);
    }

    @Test
    void a_copy_that_lives_stands_in_the_way_where_the_policy_is_exclusive() {
        assertThat(Given.of(SPOT_INTERRUPTION, "on=failure").withCopy().verdict())
                .isInstanceOf(Nothing.class);
        assertThat(Given.of(SPOT_INTERRUPTION, "on=failure exclusive=off").withCopy().verdict())
                .isInstanceOf(RunAgain.class);
    }

    @Test
    void a_person_s_wish_is_above_the_policy() {
        assertThat(Given.of(USER, "off").verdict(false, true)).isInstanceOf(RunAgain.class);
    }

    @Test
    void every_cause_under_every_policy_has_a_verdict_with_a_why() {
        for (var cause : StopCause.values()) {
            for (var words : new String[] {"off", "on=infrastructure", "on=failure"}) {
                assertThat(Given.of(cause, words).verdict().why()).isNotBlank();
            }
        }
        assertThat(java.util.List.of(IMAGE_MISSING, UNKNOWN, EXIT_ZERO, OUT_OF_MEMORY))
                .extracting(Remedy::of)
                .allMatch(text -> !text.isBlank());
    }
}
