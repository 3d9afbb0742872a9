package dev.efsautopilot.role;

import static org.assertj.core.api.Assertions.assertThat;

import dev.efsautopilot.aws.AccessPoint;
import dev.efsautopilot.aws.AccessPointRoot;
import dev.efsautopilot.plan.Result;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GrantTest {

    private static final Map<String, String> OPTED_IN = Map.of(Grant.OPT_IN, "on");
    private static final AccessPoint MADE = accessPoint("stack", "orders", "data");

    @Test
    void a_role_that_opted_in_gets_the_mount_of_what_was_made_for_it() {
        assertThat(grant("data").plan(OPTED_IN, Optional.of(MADE)))
                .isEqualTo(
                        Result.ok(
                                new RoleStep.GrantMount(
                                        "orders",
                                        "efs-autopilot-data-fsap-1",
                                        mount("data").statement(),
                                        "its tasks could not mount volume data")));
    }

    @ParameterizedTest
    @CsvSource({"off", "ON", "''"})
    void a_role_that_did_not_opt_in_is_left_alone(String value) {
        assertThat(grant("data").plan(Map.of(Grant.OPT_IN, value), Optional.of(MADE)))
                .isInstanceOf(Result.Refused.class);
        assertThat(grant("data").plan(Map.of(), Optional.of(MADE)))
                .isInstanceOf(Result.Refused.class);
    }

    @ParameterizedTest
    @CsvSource({"other,orders,data", "stack,billing,data", "stack,orders,logs"})
    void somebody_elses_access_point_is_never_given(String stack, String family, String volume) {
        assertThat(grant("data").plan(OPTED_IN, Optional.of(accessPoint(stack, family, volume))))
                .isInstanceOf(Result.Refused.class);
    }

    @Test
    void a_directory_itself_is_never_given() {
        assertThat(grant("data").plan(OPTED_IN, Optional.empty()))
                .isInstanceOf(Result.Refused.class);
    }

    @Test
    void a_long_name_keeps_its_access_point() {
        var volume = "v".repeat(255);
        var made =
                grant(volume).plan(OPTED_IN, Optional.of(accessPoint("stack", "orders", volume)));

        assertThat(made)
                .isInstanceOfSatisfying(
                        Result.Ok.class,
                        ok ->
                                assertThat(((RoleStep.GrantMount) ok.value()).policy())
                                        .hasSize(128)
                                        .endsWith("v-fsap-1"));
    }

    private static Grant grant(String volume) {
        return new Grant(mount(volume), "orders", "stack");
    }

    private static RoleMount mount(String volume) {
        return new RoleMount(
                volume,
                "arn:aws:iam::1:role/team/orders",
                "arn:fs",
                Optional.of("arn:fsap-1"),
                true);
    }

    private static AccessPoint accessPoint(String stack, String family, String volume) {
        return new AccessPoint(
                "fsap-1",
                "arn:fsap-1",
                "available",
                new AccessPointRoot("fs-1", "/orders/data", 1000, 1000, List.of(), "0750"),
                true,
                Optional.of(new AccessPoint.Owner(1000, 1000, "0750")),
                Map.of(
                        "efs-autopilot/managed", stack,
                        "efs-autopilot/family", family,
                        "efs-autopilot/volume", volume));
    }
}
