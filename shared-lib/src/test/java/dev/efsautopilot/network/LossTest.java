package dev.efsautopilot.network;

import static dev.efsautopilot.network.NfsFixture.ALL_OUT;
import static dev.efsautopilot.network.NfsFixture.TARGET;
import static dev.efsautopilot.network.NfsFixture.TASK;
import static dev.efsautopilot.network.NfsFixture.allowed;
import static dev.efsautopilot.network.NfsFixture.facts;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.efsautopilot.event.ApiCall;
import dev.efsautopilot.json.Json;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class LossTest {

    private static final NfsFacts CLOSED = facts(TASK, allowed(TARGET), ALL_OUT);
    private static final NfsStep LET_IN =
            new IngressGap(new NfsPolicy("stack", true, false)).plan(CLOSED).steps().getFirst();
    private static final String NOTHING = "{}";

    private static ApiCall call(String name, String request, String response)
            throws JsonProcessingException {
        return new ApiCall(
                "ec2.amazonaws.com",
                name,
                Instant.EPOCH,
                Optional.empty(),
                Optional.empty(),
                Json.MAPPER.readTree(request),
                Json.MAPPER.readTree(response),
                false);
    }

    private static Loss revoked(String group, String permission) throws JsonProcessingException {
        var request =
                """
                {"groupId": "%s", "ipPermissions": {"items": [%s]}}\
                """
                        .formatted(group, permission);
        return Loss.ofRules(call("RevokeSecurityGroupIngress", request, NOTHING));
    }

    private static String from(String protocol, int first, int last, String peers) {
        return """
        {"ipProtocol": "%s", "fromPort": %d, "toPort": %d, %s}\
        """
                .formatted(protocol, first, last, peers);
    }

    private static String group(String id) {
        return "\"groups\": {\"items\": [{\"groupId\": \"%s\"}]}".formatted(id);
    }

    @ParameterizedTest
    @CsvSource({
        // group, port, peer, about NFS, counted against the task
        "sg-mt1, 2049, sg-task1, true, true",
        "sg-mt2, 2049, sg-task2, true, true",
        "sg-mt1, 2049, sg-other, true, false",
        "sg-mt1, 22, sg-task1, false, false",
        "sg-elsewhere, 2049, sg-task1, true, false"
    })
    void a_revoked_rule_counts_where_it_let_the_task_in(
            String group, int port, String peer, boolean nfs, boolean counted)
            throws JsonProcessingException {
        var loss = revoked(group, from("tcp", port, port, group(peer)));

        assertThat(loss.id()).isEqualTo(group);
        assertThat(loss.aboutNfs()).isEqualTo(nfs);
        assertThat(loss.putBackBy(LET_IN, CLOSED)).isEqualTo(counted);
    }

    @Test
    void a_revoked_range_may_have_been_the_tasks() throws JsonProcessingException {
        var range = "\"ipRanges\": {\"items\": [{\"cidrIp\": \"10.0.0.0/8\"}]}";
        var loss = revoked("sg-mt1", from("-1", -1, -1, range));

        assertThat(loss.aboutNfs()).isTrue();
        assertThat(loss.putBackBy(LET_IN, CLOSED)).isTrue();
    }

    @Test
    void all_protocols_may_be_a_number() throws JsonProcessingException {
        var range = "\"ipRanges\": {\"items\": [{\"cidrIp\": \"0.0.0.0/0\"}]}";
        var loss = revoked("sg-mt1", "{\"ipProtocol\": -1, %s}".formatted(range));

        assertThat(loss.aboutNfs()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({"sg-task1, 2049, true", "sg-other, 2049, false", "sg-task1, 443, false"})
    void a_rule_revoked_by_its_id_is_told_by_the_answer(String peer, int port, boolean counted)
            throws JsonProcessingException {
        var request =
                """
                {"groupId": "sg-mt1", "securityGroupRuleIds": {"items": ["sgr-1"]}}\
                """;
        var answer =
                """
                {"revokedSecurityGroupRuleSet": {"items": [{"securityGroupRuleId": "sgr-1",
                 "groupId": "sg-mt1", "isEgress": false, "ipProtocol": "tcp", "fromPort": %d,
                 "toPort": %d, "referencedGroupId": "%s"}]}}\
                """
                        .formatted(port, port, peer);
        var loss = Loss.ofRules(call("RevokeSecurityGroupIngress", request, answer));

        assertThat(loss.putBackBy(LET_IN, CLOSED)).isEqualTo(counted);
    }

    @Test
    void a_call_that_says_nothing_of_its_rules_may_be_about_all() throws JsonProcessingException {
        var loss =
                Loss.ofRules(
                        call("RevokeSecurityGroupIngress", "{\"groupId\": \"sg-mt1\"}", NOTHING));

        assertThat(loss.aboutNfs()).isTrue();
        assertThat(loss.putBackBy(LET_IN, CLOSED)).isTrue();
    }

    @Test
    void egress_is_not_ingress() throws JsonProcessingException {
        var loss =
                Loss.ofRules(
                        call("RevokeSecurityGroupEgress", "{\"groupId\": \"sg-mt1\"}", NOTHING));

        assertThat(loss.putBackBy(LET_IN, CLOSED)).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"fsmt-eu-west-1a, true", "fsmt-eu-west-1b, false"})
    void replaced_groups_count_for_their_mount_target(String target, boolean counted)
            throws JsonProcessingException {
        var request = "{\"mountTargetId\": \"%s\"}".formatted(target);
        var loss = Loss.ofGroups(call("ModifyMountTargetSecurityGroups", request, NOTHING));

        assertThat(loss.putBackBy(LET_IN, CLOSED)).isEqualTo(counted);
    }
}
