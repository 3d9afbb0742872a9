package dev.efsautopilot.sweep;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SdkSettings.class)
class RuleStageTest {

    private static final Instant NOON = Instant.parse("2026-03-14T12:00:00Z");
    private static final Duration MONTH = Duration.ofDays(30);

    private final FakeAws aws = new FakeAws();
    private final Memory memory = Memory.of(aws.clients().ledger("ledger"));
    private List<String> rules = List.of(rule("sgr-1", false, 2049, "sg-tasks"));
    private List<String> inUse = List.of();

    @BeforeEach
    void answer() {
        aws.on("DescribeSecurityGroupRules", _ -> set("securityGroupRuleSet", rules))
                .on(
                        "DescribeNetworkInterfaces",
                        _ ->
                                set(
                                        "networkInterfaceSet",
                                        inUse.stream()
                                                .map(
                                                        "<item><groupSet><item><groupId>%s</groupId></item></groupSet></item>"
                                                                ::formatted)
                                                .toList()))
                .on("RevokeSecurityGroupIngress", _ -> "<R><return>true</return></R>")
                .on("RevokeSecurityGroupEgress", _ -> "<R><return>true</return></R>");
    }

    private static String set(String name, List<String> items) {
        return "<R><%1$s>%2$s</%1$s></R>".formatted(name, String.join("", items));
    }

    private static String rule(String id, boolean egress, int port, String peer) {
        return """
        <item><securityGroupRuleId>%s</securityGroupRuleId><groupId>sg-nfs</groupId>
        <isEgress>%s</isEgress><ipProtocol>tcp</ipProtocol><fromPort>%d</fromPort>
        <toPort>%d</toPort><referencedGroupInfo><groupId>%s</groupId></referencedGroupInfo></item>
        """
                .formatted(id, egress, port, port, peer);
    }

    private List<String> lookDaily(int days) {
        return lookDaily(days, false);
    }

    private List<String> lookDaily(int days, boolean dryRun) {
        var findings = new Findings();
        for (var day = 0; day <= days; day++) {
            var stage = new RuleStage(aws.clients().ec2(), "stack", MONTH);
            var round = new Stage.Round(findings, memory, dryRun, NOON.plus(Duration.ofDays(day)));
            stage.look(stage.keys(round, false), round);
        }
        findings.complain();
        return Stream.concat(
                        aws.of("RevokeSecurityGroupIngress").stream(),
                        aws.of("RevokeSecurityGroupEgress").stream())
                .map(body -> body.replaceFirst(".*SecurityGroupRuleId.1=([\\w-]+).*", "$1"))
                .collect(Collectors.toList());
    }

    @Test
    void a_rule_whose_tasks_are_gone_goes_after_its_time_and_not_before() {
        inUse = List.of("sg-nfs");
        assertThat(lookDaily(29)).isEmpty();
        assertThat(lookDaily(30)).containsExactly("sgr-1");
        assertThat(aws.of("DescribeSecurityGroupRules").getFirst())
                .contains("tag%3Aefs-autopilot%2Fmanaged")
                .contains("stack");
    }

    @Test
    void an_egress_rule_goes_as_one() {
        rules = List.of(rule("sgr-2", true, 2049, "sg-tasks"));
        lookDaily(30);
        assertThat(aws.calls)
                .contains("RevokeSecurityGroupEgress")
                .doesNotContain("RevokeSecurityGroupIngress");
    }

    @Test
    void a_rule_with_something_on_both_sides_stays_for_ever() {
        inUse = List.of("sg-nfs", "sg-tasks");
        assertThat(lookDaily(90)).isEmpty();
    }

    @Test
    void a_rule_that_this_software_never_makes_stays_whatever_its_tag_says() {
        rules =
                List.of(
                        rule("sgr-3", false, 22, "sg-tasks"),
                        "<item><securityGroupRuleId>sgr-4</securityGroupRuleId><groupId>sg-nfs</groupId><isEgress>false</isEgress><ipProtocol>tcp</ipProtocol><fromPort>2049</fromPort><toPort>2049</toPort><cidrIpv4>10.0.0.0/8</cidrIpv4></item>");
        assertThat(lookDaily(90)).isEmpty();
    }

    @Test
    void a_dry_run_only_says_so() {
        assertThat(lookDaily(31, true)).isEmpty();
    }
}
