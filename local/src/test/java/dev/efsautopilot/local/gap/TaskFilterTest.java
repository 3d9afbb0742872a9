package dev.efsautopilot.local.gap;

import static org.assertj.core.api.Assertions.assertThat;

import dev.efsautopilot.local.call.Json;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TaskFilterTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "{'cluster':'c'} | true",
                "{'cluster':'arn:aws:ecs:eu-west-1:0:cluster/c'} | true",
                "{'cluster':'d'} | false",
                "{} | false",
                "{'cluster':'c','desiredStatus':'STOPPED'} | false",
                "{'cluster':'c','startedBy':'a/b'} | true",
                "{'cluster':'c','startedBy':'b'} | false",
                "{'cluster':'c','family':'web'} | true",
                "{'cluster':'c','family':'we'} | false",
                "{'cluster':'c','serviceName':'s'} | true",
                "{'cluster':'c','serviceName':'t'} | false",
                "{'cluster':'c','launchType':'EC2'} | false",
            })
    void a_task_is_listed_where_every_filter_fits(String request, boolean listed) {
        var task =
                Json.parse(
                        """
                        {"clusterArn":"arn:aws:ecs:eu-west-1:0:cluster/c","desiredStatus":"RUNNING",
                         "startedBy":"a/b","launchType":"FARGATE","group":"service:s",
                         "taskDefinitionArn":"arn:aws:ecs:eu-west-1:0:task-definition/web:3"}\
                        """);

        assertThat(TaskFilter.of(Json.parse(request.replace('\'', '"'))).test(task))
                .isEqualTo(listed);
    }
}
