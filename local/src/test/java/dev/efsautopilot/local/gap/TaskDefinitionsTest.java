package dev.efsautopilot.local.gap;

import static org.assertj.core.api.Assertions.assertThat;

import dev.efsautopilot.local.call.AwsCall;
import dev.efsautopilot.local.call.Json;
import dev.efsautopilot.local.call.Response;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TaskDefinitionsTest {
    private final TaskDefinitions gap = new TaskDefinitions();

    @Test
    void fields_that_ministack_drops_come_back_and_those_it_invents_do_not() {
        register(
                """
                {"family":"web","enableFaultInjection":true,"unheardOf":{"a":[1]},
                 "containerDefinitions":[{"name":"app","image":"x","new":1}],
                 "volumes":[{"name":"data"}],"tags":[{"key":"k","value":"v"}]}\
                """);

        var described =
                gap.answer(Calls.json("ecs", "DescribeTaskDefinition", "{}"), it -> ministack())
                        .document();

        var revision = described.path("taskDefinition");
        assertThat(revision.path("enableFaultInjection").asBoolean()).isTrue();
        assertThat(revision.at("/unheardOf/a/0").asInt()).isEqualTo(1);
        assertThat(revision.at("/containerDefinitions/0/new").asInt()).isEqualTo(1);
        assertThat(revision.at("/volumes/0/host").isObject()).isTrue();
        assertThat(revision.has("executionRoleArn")).isFalse();
        assertThat(described.has("tags")).isFalse();
    }

    @Test
    void tags_come_when_they_are_asked_for() {
        var call = Calls.json("ecs", "DescribeTaskDefinition", "{\"include\":[\"TAGS\"]}");

        assertThat(gap.answer(call, it -> ministack()).document().at("/tags/0/key").asText())
                .isEqualTo("k");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{'rootDirectory':'/x','transitEncryption':'ENABLED',"
                        + "'authorizationConfig':{'accessPointId':'fsap-1'}} | rootDirectory",
                "{'authorizationConfig':{'accessPointId':'fsap-1'}} | transitEncryption",
                "{'authorizationConfig':{'iam':'ENABLED'}} | transitEncryption",
            },
            quoteCharacter = '"')
    void an_efs_volume_that_aws_refuses_is_refused(String volume, String problem) {
        var efs = Json.copy(Json.parse(volume.replace('\'', '"'))).put("fileSystemId", "fs-1");
        var parameters = Json.object();
        parameters
                .putArray("volumes")
                .addObject()
                .put("name", "d")
                .set("efsVolumeConfiguration", efs);

        var answer = register(parameters.toString());

        assertThat(answer.errorCode()).isEqualTo("ClientException");
        assertThat(answer.errorMessage()).contains(problem);
    }

    @Test
    void a_mount_point_needs_its_volume() {
        var answer =
                register(
                        "{\"containerDefinitions\":[{\"mountPoints\":[{\"sourceVolume\":\"x\"}]}]}");

        assertThat(answer.errorMessage()).isEqualTo("Unknown volume 'x'.");
    }

    private Response register(String parameters) {
        AwsCall call = Calls.json("ecs", "RegisterTaskDefinition", parameters);
        return gap.answer(call, it -> ministack());
    }

    private static Response ministack() {
        return Response.json(
                200,
                Json.parse(
                        """
                        {"taskDefinition":{"taskDefinitionArn":"arn:web:1","family":"web",
                         "revision":1,"status":"ACTIVE","executionRoleArn":"","pidMode":"",
                         "proxyConfiguration":null,"volumes":[{"name":"data"}],
                         "containerDefinitions":[{"name":"app","image":"x","new":1}]},
                         "tags":[{"key":"k","value":"v"}]}\
                        """));
    }
}
