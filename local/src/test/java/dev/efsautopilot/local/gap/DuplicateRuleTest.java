package dev.efsautopilot.local.gap;

import static org.assertj.core.api.Assertions.assertThat;

import dev.efsautopilot.local.call.FakeMiniStack;
import dev.efsautopilot.local.gateway.Gateway;
import dev.efsautopilot.local.gateway.GatewayOptions;
import dev.efsautopilot.local.tasks.LifecycleTimes;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DuplicateRuleTest {
    private final FakeMiniStack ministack = new FakeMiniStack();
    private final HttpClient client = HttpClient.newHttpClient();
    private final Gateway gateway =
            Gateway.start(
                    new GatewayOptions(
                            ministack.endpoint(),
                            "eu-west-1",
                            "000000000000",
                            "local.aws",
                            LifecycleTimes.tests(),
                            Map.of()));

    @BeforeEach
    void an_egress_rule_is_there() {
        ministack.on("DescribeSecurityGroupRules", _ -> rule(true));
        ministack.on(
                "DescribeSecurityGroups",
                asked ->
                        "<R><securityGroupInfo><item><groupId>%s</groupId></item></securityGroupInfo></R>"
                                .formatted(asked.at("/groupId/items/0").asText()));
        ministack.on("PutEvents", _ -> "{\"FailedEntryCount\":0}");
        ministack.on("AuthorizeSecurityGroupEgress", _ -> "<R><return>true</return></R>");
        ministack.on("AuthorizeSecurityGroupIngress", _ -> "<R><return>true</return></R>");
    }

    @AfterEach
    void stop() {
        gateway.close();
        ministack.close();
    }

    @Test
    void the_same_egress_rule_again_is_an_error_and_does_not_reach_ministack() throws Exception {
        var answer = authorize("Egress", "sg-2", "another description");

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body())
                .contains("<Code>InvalidPermission.Duplicate</Code>")
                .contains("peer: sg-2, TCP, from port: 2049, to port: 2049, ALLOW");
        assertThat(ministack.asked("AuthorizeSecurityGroupEgress")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"Ingress,sg-2", "Egress,sg-3"})
    void the_other_direction_and_another_peer_are_other_rules(String direction, String peer)
            throws Exception {
        assertThat(authorize(direction, peer, "x").statusCode()).isEqualTo(200);
        assertThat(ministack.asked("AuthorizeSecurityGroup" + direction)).hasSize(1);
    }

    private HttpResponse<String> authorize(String direction, String peer, String description)
            throws Exception {
        var form =
                "Action=AuthorizeSecurityGroup%s&Version=2016-11-15&GroupId=sg-1&IpPermissions.1.IpProtocol=6&IpPermissions.1.FromPort=2049&IpPermissions.1.ToPort=2049&IpPermissions.1.Groups.1.GroupId=%s&IpPermissions.1.Groups.1.Description=%s"
                        .formatted(direction, peer, description.replace(' ', '+'));
        return client.send(
                HttpRequest.newBuilder(gateway.endpoint())
                        .header(
                                "Authorization",
                                "AWS4-HMAC-SHA256 Credential=test/20261123/eu-west-1/ec2/aws4_request")
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(BodyPublishers.ofString(form))
                        .build(),
                BodyHandlers.ofString());
    }

    private static String rule(boolean egress) {
        return """
        <DescribeSecurityGroupRulesResponse><securityGroupRuleSet><item>
          <securityGroupRuleId>sgr-1</securityGroupRuleId><groupId>sg-1</groupId>
          <isEgress>%s</isEgress><ipProtocol>tcp</ipProtocol>
          <fromPort>2049</fromPort><toPort>2049</toPort>
          <referencedGroupInfo><groupId>sg-2</groupId></referencedGroupInfo>
        </item></securityGroupRuleSet></DescribeSecurityGroupRulesResponse>\
        """
                .formatted(egress);
    }
}
