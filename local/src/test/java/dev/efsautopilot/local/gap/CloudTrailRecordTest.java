package dev.efsautopilot.local.gap;

import static org.assertj.core.api.Assertions.assertThat;

import dev.efsautopilot.local.call.Json;
import dev.efsautopilot.local.call.Response;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class CloudTrailRecordTest {
    private static final Instant NOW = Instant.parse("2026-11-23T10:00:00.500Z");

    @Test
    void a_functions_call_names_the_role_it_was_made_in() {
        var call = Calls.ec2("AuthorizeSecurityGroupIngress", Calls.FUNCTION, "GroupId=sg-1");
        var answer = Response.xml(200, "<R><return>true</return></R>");

        var detail = CloudTrailRecord.of(call, answer, NOW);

        assertThat(detail.at("/userIdentity/type").asText()).isEqualTo("AssumedRole");
        assertThat(detail.at("/userIdentity/sessionContext/sessionIssuer/arn").asText())
                .isEqualTo("arn:aws:iam::000000000000:role/volumes");
        assertThat(detail.path("eventSource").asText()).isEqualTo("ec2.amazonaws.com");
        assertThat(detail.at("/responseElements/_return").asBoolean()).isTrue();
        assertThat(detail.path("eventTime").asText()).isEqualTo("2026-11-23T10:00:00Z");
        assertThat(detail.has("errorCode")).isFalse();
    }

    @Test
    void a_call_that_failed_has_its_error_and_no_response() {
        var call = Calls.json("ecs", "RunTask", "{\"cluster\":\"c\"}");

        var detail = CloudTrailRecord.of(call, Response.jsonError("ClientException", "no"), NOW);

        assertThat(detail.path("errorCode").asText()).isEqualTo("ClientException");
        assertThat(detail.path("responseElements").isNull()).isTrue();
        assertThat(detail.at("/userIdentity/type").asText()).isEqualTo("IAMUser");
    }

    @Test
    void names_are_lower_camel_case_and_environments_hidden() {
        var call =
                Calls.json(
                        "elasticfilesystem",
                        "CreateAccessPoint",
                        "{\"PosixUser\":{\"Uid\":1},\"environment\":[{\"name\":\"A\",\"value\":\"s\"}]}");
        var answer =
                Response.json(
                        200,
                        Json.parse("{\"AccessPointId\":\"fsap-1\",\"createdAt\":1763892000.5}"));

        var detail = CloudTrailRecord.of(call, answer, NOW);

        assertThat(detail.at("/requestParameters/posixUser/uid").asInt()).isEqualTo(1);
        assertThat(detail.at("/requestParameters/environment/0/value").asText())
                .isEqualTo("HIDDEN_DUE_TO_SECURITY_REASONS");
        assertThat(detail.at("/responseElements/accessPointId").asText()).isEqualTo("fsap-1");
        assertThat(detail.at("/responseElements/createdAt").asText())
                .isEqualTo("Nov 23, 2025, 10:00:00 AM");
    }
}
