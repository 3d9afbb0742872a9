package dev.efsautopilot.diagnosis;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** What a task definition asks of its execution role. */
final class RoleNeedTest {

    @Test
    void a_private_image_is_pulled_from_the_account_and_region_of_its_registry() {
        assertThat(
                        resource(
                                "'image': '210987654321.dkr.ecr.cn-northwest-1.amazonaws.com.cn/team/app:1@sha256:ab'"))
                .isEqualTo("arn:aws-cn:ecr:cn-northwest-1:210987654321:repository/team/app");
    }

    @Test
    void logs_are_written_to_the_group_in_the_region_that_is_named() {
        assertThat(
                        resource(
                                "'logConfiguration': {'logDriver': 'awslogs', 'options': {'awslogs-group': '/ecs/web', 'awslogs-region': 'cn-northwest-1', 'awslogs-stream-prefix': 'app'}}"))
                .isEqualTo(
                        "arn:aws-cn:logs:cn-northwest-1:123456789012:log-group:/ecs/web:log-stream:app");
    }

    @Test
    void of_a_secret_its_own_arn_counts_without_key_and_version() {
        var secret = "arn:aws-cn:secretsmanager:cn-north-1:123456789012:secret:db-AbCdEf";

        assertThat(resource("'secrets': [{'valueFrom': '" + secret + ":password::'}]"))
                .isEqualTo(secret);
    }

    @Test
    void a_parameter_is_of_the_same_region_where_it_has_no_arn() {
        assertThat(resource("'secrets': [{'valueFrom': '/web/key'}]"))
                .isEqualTo("arn:aws-cn:ssm:cn-north-1:123456789012:parameter/web/key");
    }

    @Test
    void on_ec2_the_instance_pulls_and_logs() {
        var image = container("'image': '1.dkr.ecr.cn-north-1.amazonaws.com.cn/app'");

        assertThat(RoleNeed.of(Parts.json(image), false)).isEmpty();
    }

    private static String resource(String words) {
        return RoleNeed.of(Parts.json(container(words)), true).getFirst().resource();
    }

    private static String container(String words) {
        return """
        {"taskDefinitionArn": "arn:aws-cn:ecs:cn-north-1:123456789012:task-definition/web:1",
         "containerDefinitions": [{'name': 'app', %s}]}
        """
                .formatted(words)
                .replace('\'', '"');
    }
}
