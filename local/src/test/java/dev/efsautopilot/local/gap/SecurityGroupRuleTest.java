package dev.efsautopilot.local.gap;

import static org.assertj.core.api.Assertions.assertThat;

import dev.efsautopilot.local.call.Form;
import dev.efsautopilot.local.call.Json;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SecurityGroupRuleTest {
    private static final String TWO_PEERS =
            "Action=AuthorizeSecurityGroupIngress&GroupId=sg-1"
                    + "&IpPermissions.1.IpProtocol=tcp&IpPermissions.1.FromPort=2049"
                    + "&IpPermissions.1.ToPort=2049&IpPermissions.1.Groups.1.GroupId=sg-2"
                    + "&IpPermissions.1.Groups.1.Description=mine"
                    + "&IpPermissions.1.IpRanges.1.CidrIp=10.0.0.0%2F8";

    @Test
    void each_peer_of_a_permission_is_a_rule() {
        assertThat(RuleKey.requested(Form.nest(Form.parse(TWO_PEERS))))
                .containsExactlyInAnyOrder(
                        new RuleKey("tcp", 2049, 2049, "sg-2"),
                        new RuleKey("tcp", 2049, 2049, "10.0.0.0/8"));
    }

    @Test
    void a_rule_is_the_same_whatever_its_description() {
        var existing =
                Json.parse(
                        """
                        {"ipProtocol":"tcp","fromPort":2049,"toPort":2049,"description":"other",
                         "referencedGroupInfo":{"groupId":"sg-2"}}\
                        """);

        assertThat(RuleKey.requested(Form.nest(Form.parse(TWO_PEERS))))
                .contains(RuleKey.existing(existing));
    }

    @Test
    void ports_of_all_protocols_do_not_count() {
        var one = Json.parse("{\"ipProtocol\":\"-1\",\"fromPort\":0,\"cidrIpv4\":\"0.0.0.0/0\"}");
        var two = Json.parse("{\"ipProtocol\":\"-1\",\"fromPort\":-1,\"cidrIpv4\":\"0.0.0.0/0\"}");

        assertThat(RuleKey.existing(one)).isEqualTo(RuleKey.existing(two));
    }

    @Test
    void a_form_is_split_into_one_permission_for_each_peer() {
        assertThat(Form.parse(DuplicateRule.onePeerEach(TWO_PEERS)))
                .containsAllEntriesOf(
                        Map.of(
                                "Action", "AuthorizeSecurityGroupIngress",
                                "IpPermissions.1.IpProtocol", "tcp",
                                "IpPermissions.1.Groups.1.GroupId", "sg-2",
                                "IpPermissions.1.Groups.1.Description", "mine",
                                "IpPermissions.2.FromPort", "2049",
                                "IpPermissions.2.IpRanges.1.CidrIp", "10.0.0.0/8"));
    }
}
