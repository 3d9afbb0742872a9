package dev.efsautopilot.checks;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Nothing that the automation does makes it do more. */
class BillAttackTest {

    private static String call(String name, String detail) {
        return """
        {"detail-type":"AWS API Call via CloudTrail","source":"aws.ecs","account":"123456789012","region":"eu-west-1",
         "detail":{"eventSource":"ecs.amazonaws.com","eventName":"%s",%s}}
        """
                .formatted(name, detail);
    }

    private static final String ARN = "arn:aws:ecs:eu-west-1:123456789012:task-definition/orders:7";

    private static final String WORDS = "fs=" + Team.OPEN + " mount=app:/d path=/apps/orders";

    @Test
    void a_revision_of_its_own_makes_no_other() {
        var aws =
                Team.with(
                        "orders",
                        Map.of(
                                "efs-autopilot/volume/data",
                                WORDS,
                                "efs-autopilot/source",
                                "orders:6"));
        new House(aws)
                .give(
                        "volumes",
                        call(
                                "RegisterTaskDefinition",
                                "\"responseElements\":{\"taskDefinition\":{\"taskDefinitionArn\":\""
                                        + ARN
                                        + "\"}}"));
        assertThat(aws.calls)
                .extracting(FakeAws.Call::action)
                .containsExactly("DescribeTaskDefinition");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "efs-autopilot/status",
                "efs-autopilot/derived",
                "efs-autopilot/source",
                "team"
            })
    void a_tag_of_its_own_wakes_nothing(String key) {
        var aws = Team.with("orders", Map.of("efs-autopilot/volume/data", WORDS));
        new House(aws)
                .give(
                        "volumes",
                        call(
                                "TagResource",
                                "\"requestParameters\":{\"resourceArn\":\"%s\",\"tags\":[{\"key\":\"%s\",\"value\":\"x\"}]}"
                                        .formatted(ARN, key)));
        assertThat(aws.calls).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"ecs-efs-autopilot-VolumesFunctionRole-1A2B3C"})
    void a_call_of_its_own_wakes_nothing(String role) {
        var aws = Team.with("orders", Map.of("efs-autopilot/volume/data", WORDS));
        new House(aws)
                .give(
                        "volumes",
                        call(
                                "RegisterTaskDefinition",
                                "\"userIdentity\":{\"sessionContext\":{\"sessionIssuer\":{\"arn\":\"arn:aws:iam::123456789012:role/"
                                        + role
                                        + "\"}}},\"responseElements\":{\"taskDefinition\":{\"taskDefinitionArn\":\""
                                        + ARN
                                        + "\"}}"));
        assertThat(aws.calls).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Access Point Ready",
                "Volume Refused",
                "NFS Opened",
                "Stateful Task Re-run",
                "Sweep Finished"
            })
    void what_it_tells_on_the_bus_wakes_nothing(String type) {
        for (var function : House.names()) {
            var aws = Team.with("orders", Map.of("efs-autopilot/volume/data", WORDS));
            new House(aws)
                    .give(
                            function,
                            "{\"detail-type\":\"%s\",\"source\":\"efs-autopilot\",\"account\":\"123456789012\",\"region\":\"eu-west-1\",\"detail\":{}}"
                                    .formatted(type));
            assertThat(aws.calls).as(function).isEmpty();
        }
    }

    @Test
    void the_same_wish_a_hundred_times_makes_one_access_point() {
        var aws = Team.with("orders", Map.of());
        var house = new House(aws);
        var body =
                "{\"fileSystem\":\"%s\",\"family\":\"orders\",\"volume\":\"data\",\"path\":\"/apps/orders\"}"
                        .formatted(Team.OPEN);
        for (var time = 0; time < 100; time++) {
            house.give("access-points", body);
        }
        assertThat(aws.writes())
                .extracting(
                        call -> Team.tree(call.body().substring(2)).path("ClientToken").asText())
                .hasSize(100)
                .containsOnly(
                        Team.tree(aws.writes().getFirst().body().substring(2))
                                .path("ClientToken")
                                .asText());
    }
}
