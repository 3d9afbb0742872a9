package dev.efsautopilot.checks;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Somebody who may put events on a bus tells what did not happen. */
class ForgedEventAttackTest {

    private static final Path TEMPLATE = Path.of("..", "template.yaml");

    @Test
    void by_default_only_aws_itself_is_believed() throws IOException {
        var template = Files.readString(TEMPLATE);

        assertThat(template)
                .containsPattern("(?s)\n  ReplaySource:\n.{1,300}?\n    Default: none\n")
                .contains("AllowedPattern: ^(?!aws\\.)")
                .contains("TakesReplays: !Not [!Equals [!Ref ReplaySource, none]]");
        var sources =
                Pattern.compile("\n +source:(?: \\[([^\\]]*)\\]|((?:\n +- .*)+))")
                        .matcher(template)
                        .results()
                        .map(found -> found.group().replaceAll("\\s+", " ").strip())
                        .distinct()
                        .toList();
        assertThat(sources)
                .hasSizeGreaterThan(2)
                .allMatch(
                        source ->
                                source.equals("source: [efs-autopilot.request]")
                                        || source.matches(
                                                "source: - aws\\.(ecs|ec2|elasticfilesystem) - !If \\[TakesReplays, !Ref ReplaySource, !Ref AWS::NoValue\\]"),
                        "AWS, or the replays that the parameter names");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"account\":\"210987654321\"",
                "\"region\":\"us-east-1\"",
                "\"account\":null",
                "\"detail\":{\"awsRegion\":\"us-east-1\"}",
                "\"detail\":{\"recipientAccountId\":\"210987654321\"}",
                "\"detail\":{\"taskArn\":\"arn:aws:ecs:eu-west-1:210987654321:task/prod/1\"}",
                "\"detail\":{\"taskArn\":\"arn:aws-cn:ecs:cn-north-1:123456789012:task/prod/1\"}",
                "\"detail\":{\"taskArn\":\"arn:aws-us-gov:ecs:us-gov-west-1:123456789012:task/prod/1\"}",
                "\"detail\":{\"clusterArn\":\"arn:aws:ecs:us-east-1:123456789012:cluster/prod\"}",
                "\"detail\":{\"containerInstanceArn\":7}"
            })
    void an_event_of_elsewhere_is_not_acted_on(String elsewhere) {
        for (var type :
                List.of(
                        "ECS Task State Change",
                        "AWS API Call via CloudTrail",
                        "ECS Container Instance State Change",
                        "Access Point Requested")) {
            for (var function : House.names()) {
                var aws = Team.with("orders", Map.of());

                var told =
                        new House(aws)
                                .give(
                                        function,
                                        "{\"detail-type\":\"%s\",\"account\":\"123456789012\",\"region\":\"eu-west-1\",%s}"
                                                .formatted(type, elsewhere));

                assertThat(told.thrown()).isEmpty();
                assertThat(told.log()).contains("\"outcome\":\"ignored\"");
                assertThat(aws.calls).as(function + " " + type).isEmpty();
            }
        }
    }

    @Test
    void a_revision_that_is_not_there_gets_nothing() {
        var aws = new FakeAws();
        var told =
                new House(aws)
                        .give(
                                "volumes",
                                """
                                {"detail-type":"AWS API Call via CloudTrail","account":"123456789012","region":"eu-west-1",
                                 "detail":{"eventSource":"ecs.amazonaws.com","eventName":"RegisterTaskDefinition",
                                  "requestParameters":{"tags":[{"key":"efs-autopilot/volume/data","value":"fs=fs-0123456789abcdef0 mount=app:/d"}]},
                                  "responseElements":{"taskDefinition":{"taskDefinitionArn":"arn:aws:ecs:eu-west-1:123456789012:task-definition/ghost:1"}}}}
                                """);
        assertThat(told.log()).contains("no task definition has this name");
        assertThat(aws.writes()).isEmpty();
    }
}
