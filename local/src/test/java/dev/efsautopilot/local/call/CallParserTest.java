package dev.efsautopilot.local.call;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CallParserTest {
    private static final String VOLUMES_KEY = "ASIALOCALVOLUMESXXXX";
    private final CallParser parser =
            new CallParser(
                    "000000000000",
                    "eu-west-1",
                    Map.of(
                            VOLUMES_KEY,
                            new Principal(
                                    "arn:aws:iam::000000000000:role/volumes",
                                    "ecs-efs-autopilot-volumes")));

    @Test
    void an_ecs_call_is_named_by_its_target_and_its_caller_by_its_key() {
        var call =
                parser.parse(
                        request(
                                "POST",
                                "/",
                                "",
                                "ecs",
                                VOLUMES_KEY,
                                Map.of(
                                        "X-Amz-Target",
                                        "AmazonEC2ContainerServiceV20141113.RunTask"),
                                "{\"taskDefinition\":\"web:3\"}"));

        assertThat(call.is("ecs", "RunTask")).isTrue();
        assertThat(call.parameter("taskDefinition")).isEqualTo("web:3");
        assertThat(call.region()).isEqualTo("eu-central-1");
        assertThat(call.caller().is("volumes")).isTrue();
        assertThat(call.caller().arn())
                .isEqualTo(
                        "arn:aws:sts::000000000000:assumed-role/volumes/ecs-efs-autopilot-volumes");
    }

    @Test
    void a_key_of_nobody_known_is_the_users() {
        var call = parser.parse(request("GET", "/bucket", "", "s3", "test", Map.of(), ""));

        assertThat(call.caller()).isEqualTo(new Caller.User("000000000000", "test"));
        assertThat(call.operation()).isEqualTo("GET");
        assertThat(call.isWrite()).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "POST, access-points, CreateAccessPoint, true",
        "GET, access-points, DescribeAccessPoints, false",
        "DELETE, access-points/fsap-1, DeleteAccessPoint, true",
        "GET, mount-targets/fsmt-1/security-groups, DescribeMountTargetSecurityGroups, false",
        "PUT, mount-targets/fsmt-1/security-groups, ModifyMountTargetSecurityGroups, true",
        "POST, resource-tags/fsap-1, TagResource, true",
    })
    void an_efs_call_is_named_by_its_route(
            String method, String path, String operation, boolean write) {
        var call =
                parser.parse(
                        request(
                                method,
                                "/2015-02-01/" + path,
                                "",
                                "elasticfilesystem",
                                "test",
                                Map.of(),
                                ""));

        assertThat(call.operation()).isEqualTo(operation);
        assertThat(call.isWrite()).isEqualTo(write);
    }

    @Test
    void the_parameters_of_an_efs_call_come_from_path_query_and_body() {
        var call =
                parser.parse(
                        request(
                                "PUT",
                                "/2015-02-01/mount-targets/fsmt-1/security-groups",
                                "X=1",
                                "elasticfilesystem",
                                "test",
                                Map.of(),
                                "{\"SecurityGroups\":[\"sg-1\"]}"));

        assertThat(call.parameters())
                .isEqualTo(
                        Json.parse(
                                """
                                {"SecurityGroups":["sg-1"],"X":"1","MountTargetId":"fsmt-1"}\
                                """));
    }

    @Test
    void the_parameters_of_an_ec2_call_are_nested_as_in_cloudtrail() {
        var call =
                parser.parse(
                        request(
                                "POST",
                                "/",
                                "",
                                "ec2",
                                "test",
                                Map.of(),
                                "Action=AuthorizeSecurityGroupIngress&Version=2016-11-15"
                                        + "&GroupId=sg-1&IpPermissions.1.IpProtocol=tcp"
                                        + "&IpPermissions.1.FromPort=2049"
                                        + "&IpPermissions.1.ToPort=2049"
                                        + "&IpPermissions.1.Groups.1.GroupId=sg-2"));

        assertThat(call.operation()).isEqualTo("AuthorizeSecurityGroupIngress");
        assertThat(call.parameters())
                .isEqualTo(
                        Json.parse(
                                """
                                {"groupId":"sg-1","ipPermissions":{"items":[{"ipProtocol":"tcp",
                                "fromPort":2049,"toPort":2049,"groups":{"items":[{"groupId":"sg-2"}]},
                                "ipRanges":{},"ipv6Ranges":{},"prefixListIds":{}}]}}\
                                """));
    }

    @Test
    void lists_of_ids_name_each_id() {
        var nested =
                Form.nest(
                        Form.parse(
                                "Action=X&GroupId=sg-1&SecurityGroupRuleId.1=sgr-1"
                                        + "&SecurityGroupRuleId.2=sgr-2"));

        assertThat(nested)
                .isEqualTo(
                        Json.parse(
                                """
                                {"groupId":"sg-1","securityGroupRuleIds":{"items":[
                                {"securityGroupRuleId":"sgr-1"},{"securityGroupRuleId":"sgr-2"}]}}\
                                """));
    }

    @Test
    void a_body_that_is_not_json_is_left_to_the_service() {
        var call =
                parser.parse(
                        request(
                                "POST",
                                "/",
                                "",
                                "ecs",
                                "test",
                                Map.of("X-Amz-Target", "A.RunTask"),
                                "{broken"));

        assertThat(call.parameters()).isEmpty();
        assertThat(call.request().text()).isEqualTo("{broken");
    }

    private static Request request(
            String method,
            String path,
            String query,
            String service,
            String key,
            Map<String, String> headers,
            String body) {
        var all = new HashMap<String, List<String>>();
        headers.forEach((name, value) -> all.put(name, List.of(value)));
        all.put(
                "authorization",
                List.of(
                        "AWS4-HMAC-SHA256 Credential=%s/20261123/eu-central-1/%s/aws4_request,"
                                        .formatted(key, service)
                                + " SignedHeaders=host, Signature=0"));
        return new Request(method, path, query, all, body.getBytes(StandardCharsets.UTF_8));
    }
}
