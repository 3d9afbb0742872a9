package dev.efsautopilot.local.policy;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.efsautopilot.local.call.AwsCall;
import dev.efsautopilot.local.call.Caller;
import dev.efsautopilot.local.call.Form;
import dev.efsautopilot.local.call.Json;
import dev.efsautopilot.local.call.Principal;
import dev.efsautopilot.local.call.Request;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a call needs, as the Service Authorization Reference has it. */
class AccessesTest {

    private static final Caller.Function SWEEP =
            new Caller.Function(
                    "123456789012",
                    "ASIALOCALSWEEPXXXXXX",
                    new Principal("arn:aws:iam::123456789012:role/sweep", "stack-sweep"));
    private static final Lookups LOOKUPS =
            new Lookups() {
                @Override
                public Map<String, String> tags(String arn) {
                    return Map.of("efs-autopilot/allow", arn.replaceAll(".*/", ""));
                }

                @Override
                public String fileSystem(String mountTargetId) {
                    return "fs-of-" + mountTargetId;
                }

                @Override
                public List<String> roles(String taskDefinition) {
                    return List.of("arn:aws:iam::123456789012:role/execution");
                }
            };

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "ecs | DescribeTaskDefinition | {\"taskDefinition\": \"a\"} | *",
                "ecs | ListTasks | {\"cluster\": \"c\"} | *",
                "ecs | ListContainerInstances | {} | arn:aws:ecs:eu-west-1:123456789012:cluster/default",
                "ecs | DescribeTasks | {\"cluster\": \"arn:aws:ecs:eu-west-1:123456789012:cluster/c\", \"tasks\": [\"t\"]} | arn:aws:ecs:eu-west-1:123456789012:task/c/t",
                "ecs | DescribeServices | {\"cluster\": \"c\", \"services\": [\"s\"]} | arn:aws:ecs:eu-west-1:123456789012:service/c/s",
                "ecs | UpdateService | {\"service\": \"arn:aws:ecs:eu-west-1:123456789012:service/c/s\"} | arn:aws:ecs:eu-west-1:123456789012:service/c/s",
                "ecs | TagResource | {\"resourceArn\": \"arn:x\", \"tags\": []} | arn:x",
                "elasticfilesystem | DescribeFileSystems | {} | arn:aws:elasticfilesystem:eu-west-1:123456789012:file-system/*",
                "elasticfilesystem | DescribeMountTargets | {\"MountTargetId\": \"m\"} | arn:aws:elasticfilesystem:eu-west-1:123456789012:file-system/fs-of-m",
                "elasticfilesystem | DeleteAccessPoint | {\"AccessPointId\": \"fsap-1\"} | arn:aws:elasticfilesystem:eu-west-1:123456789012:access-point/fsap-1",
                "dynamodb | BatchGetItem | {\"RequestItems\": {\"t\": {}}} | arn:aws:dynamodb:eu-west-1:123456789012:table/t",
                "scheduler | GetSchedule | {\"Name\": \"n\", \"groupName\": \"g\"} | arn:aws:scheduler:eu-west-1:123456789012:schedule/g/n",
                "iam | PutRolePolicy | {\"roleName\": \"r\"} | arn:aws:iam::123456789012:role/r",
                "s3files | ListMountTargets | {} | *",
                "s3files | GetFileSystem | {\"fileSystemId\": \"fs-1\"} | arn:aws:s3files:eu-west-1:123456789012:file-system/fs-1",
                "s3files | GetAccessPoint | {\"accessPointId\": \"fsap-1\"} | arn:aws:s3files:eu-west-1:123456789012:file-system/*/access-point/fsap-1"
            })
    void a_call_is_authorized_for_its_resource(
            String service, String operation, String parameters, String resource) {
        assertThat(needed(service, operation, parameters))
                .extracting(Access::action, Access::resource)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple(service + ":" + operation, resource));
    }

    @Test
    void a_task_that_is_run_needs_its_tags_and_every_role_that_it_gets() {
        var needed =
                needed(
                        "ecs",
                        "RunTask",
                        """
                        {"cluster": "c", "taskDefinition": "a:1", "tags": [{"key": "k", "value": "v"}],
                         "overrides": {"taskRoleArn": "arn:aws:iam::123456789012:role/stronger"}}
                        """);

        assertThat(needed)
                .extracting(Access::action)
                .containsExactly("ecs:RunTask", "ecs:TagResource", "iam:PassRole", "iam:PassRole");
        assertThat(needed.get(0).values("ecs:cluster"))
                .containsExactly("arn:aws:ecs:eu-west-1:123456789012:cluster/c");
        assertThat(needed.get(1).resource()).endsWith(":task/c/*");
        assertThat(needed.get(1).values("ecs:CreateAction")).containsExactly("RunTask");
        assertThat(needed.get(1).values("aws:TagKeys")).containsExactly("k");
        assertThat(needed.subList(2, 4))
                .allSatisfy(pass ->
                        assertThat(pass.values("iam:PassedToService"))
                                .containsExactly("ecs-tasks.amazonaws.com"))
                .extracting(pass -> pass.resource().replaceAll(".*/", ""))
                .containsExactly("stronger", "execution");
    }

    @Test
    void a_registration_is_for_all_definitions_with_the_tags_of_its_own() {
        var needed =
                needed(
                        "ecs",
                        "RegisterTaskDefinition",
                        """
                        {"family": "a", "taskRoleArn": "short", "tags": [{"key": "k", "value": "v"}]}
                        """);

        assertThat(needed)
                .extracting(Access::action)
                .containsExactly("ecs:RegisterTaskDefinition", "ecs:TagResource", "iam:PassRole");
        assertThat(needed.get(0).resource()).isEqualTo("*");
        assertThat(needed.get(0).values("aws:RequestTag/k")).containsExactly("v");
        assertThat(needed.get(2).resource()).isEqualTo("arn:aws:iam::123456789012:role/short");
    }

    @Test
    void a_rule_is_authorized_for_its_group_and_its_tags_for_the_rule() {
        var form =
                "Action=AuthorizeSecurityGroupIngress&GroupId=sg-1"
                        + "&TagSpecification.1.ResourceType=security-group-rule"
                        + "&TagSpecification.1.Tag.1.Key=k&TagSpecification.1.Tag.1.Value=v";
        var needed =
                Accesses.of(
                        call(
                                "ec2",
                                "AuthorizeSecurityGroupIngress",
                                Form.nest(Form.parse(form)).toString()),
                        SWEEP,
                        LOOKUPS);

        assertThat(needed)
                .extracting(
                        access -> access.action() + " " + access.resource().replaceAll(".*:", ""))
                .containsExactly(
                        "ec2:AuthorizeSecurityGroupIngress security-group/sg-1",
                        "ec2:AuthorizeSecurityGroupIngress security-group-rule/*",
                        "ec2:CreateTags security-group-rule/*");
        assertThat(needed.get(2).values("ec2:CreateAction"))
                .containsExactly("AuthorizeSecurityGroupIngress");
        assertThat(needed.get(2).values("aws:RequestTag/k")).containsExactly("v");
    }

    @Test
    void efs_calls_ec2_in_the_functions_name() {
        var needed =
                needed(
                        "elasticfilesystem",
                        "ModifyMountTargetSecurityGroups",
                        "{\"MountTargetId\": \"m\", \"SecurityGroups\": [\"sg-1\"]}");

        assertThat(needed.getFirst().values("aws:ResourceTag/efs-autopilot/allow"))
                .containsExactly("fs-of-m");
        assertThat(needed.getFirst().values("aws:ViaAWSService")).isEmpty();
        assertThat(needed.subList(1, 3))
                .allSatisfy(access -> {
                    assertThat(access.action()).isEqualTo("ec2:ModifyNetworkInterfaceAttribute");
                    assertThat(access.values("aws:ViaAWSService")).containsExactly("true");
                    assertThat(access.values("lambda:SourceFunctionArn")).isEmpty();
                });
    }

    @Test
    void a_schedule_hands_its_role_to_the_scheduler() {
        var needed =
                needed(
                        "scheduler",
                        "CreateSchedule",
                        "{\"Name\": \"n\", \"GroupName\": \"g\", \"Target\": {\"RoleArn\": \"arn:r\"}}");

        assertThat(needed).extracting(Access::resource).last().isEqualTo("arn:r");
        assertThat(needed.getLast().values("iam:PassedToService"))
                .containsExactly("scheduler.amazonaws.com");
    }

    @Test
    void an_access_point_is_authorized_for_its_file_system_and_tagged_while_it_is_made() {
        var needed =
                needed(
                        "elasticfilesystem",
                        "CreateAccessPoint",
                        "{\"FileSystemId\": \"fs-1\", \"Tags\": [{\"Key\": \"k\", \"Value\": \"v\"}]}");

        assertThat(needed)
                .extracting(
                        access -> access.action() + " " + access.resource().replaceAll(".*:", ""))
                .containsExactly(
                        "elasticfilesystem:CreateAccessPoint file-system/fs-1",
                        "elasticfilesystem:TagResource access-point/*");
        assertThat(needed.getLast().values("elasticfilesystem:CreateAction"))
                .containsExactly("CreateAccessPoint");
    }

    private static List<Access> needed(String service, String operation, String parameters) {
        return Accesses.of(call(service, operation, parameters), SWEEP, LOOKUPS);
    }

    private static AwsCall call(String service, String operation, String parameters) {
        return new AwsCall(
                service,
                operation,
                Json.copy(Json.parse(parameters)),
                SWEEP,
                "eu-west-1",
                new Request("POST", "/", "", Map.of(), parameters.getBytes(UTF_8)));
    }
}
