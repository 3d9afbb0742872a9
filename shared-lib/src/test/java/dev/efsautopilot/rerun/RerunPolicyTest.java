package dev.efsautopilot.rerun;

import static org.assertj.core.api.Assertions.assertThat;

import dev.efsautopilot.plan.Result;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RerunPolicyTest {

    @Test
    void every_word_has_its_meaning() {
        assertThat(
                        RerunPolicy.parse(
                                "on=failure exit=75:137 attempts=5 backoff=10s max-backoff=2h"
                                        + " exclusive=off"))
                .isEqualTo(
                        Result.ok(
                                new RerunPolicy(
                                        RerunPolicy.On.FAILURE,
                                        Set.of(75, 137),
                                        5,
                                        Duration.ofSeconds(10),
                                        Duration.ofHours(2),
                                        false)));
    }

    @Test
    void what_is_not_said_has_a_default() {
        assertThat(RerunPolicy.parse("on=infrastructure"))
                .isEqualTo(
                        Result.ok(
                                new RerunPolicy(
                                        RerunPolicy.On.INFRASTRUCTURE,
                                        Set.of(),
                                        3,
                                        Duration.ofSeconds(30),
                                        Duration.ofMinutes(15),
                                        true)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"off", "on=off", " off "})
    void off_is_off(String words) {
        assertThat(RerunPolicy.parse(words)).isEqualTo(Result.ok(RerunPolicy.OFF));
    }

    @ParameterizedTest
    @CsvSource({
        "'',''",
        "attempts=3,on",
        "on=always,on",
        "on,on",
        "on=failure on=failure,on",
        "on=failure attempts=0,attempts",
        "on=failure attempts=101,attempts",
        "on=failure attempts=٣,attempts",
        "on=failure exit=0,exit",
        "on=failure exit=256,exit",
        "on=failure exit=1:,exit",
        "on=infrastructure exit=75,exit",
        "on=failure backoff=30,backoff",
        "on=failure backoff=1h,backoff",
        "on=failure max-backoff=25h,max-backoff",
        "on=failure exclusive=yes,exclusive",
        "on=failure colour=blue,colour=blue"
    })
    void a_wrong_word_is_refused_by_name(String words, String word) {
        assertThat(RerunPolicy.parse(words))
                .isInstanceOfSatisfying(
                        Result.Refused.class,
                        refused ->
                                assertThat(refused.refusal().field())
                                        .isEqualTo("efs-autopilot/rerun: " + word));
    }
}
