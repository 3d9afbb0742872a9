package dev.efsautopilot.local.template;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.efsautopilot.json.Json;
import dev.efsautopilot.local.policy.Policy;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** That no policy of the template is wider than the services let it be. */
class PoliciesTest {

    /**
     * The resource types that each action is authorized for, from the tables of the Service
     * Authorization Reference; none where it takes {@code *} alone. Where the services do otherwise
     * than the tables say: {@code ecs:ListTasks} of a cluster is authorized for {@code *}, its
     * container-instance is for lists of one instance; S3 Files has no table yet.
     */
    private static final Map<String, Set<String>> TYPES =
            Map.ofEntries(
                    Map.entry("cloudwatch:GetMetricData", Set.of()),
                    Map.entry("dynamodb:BatchGetItem", Set.of("table")),
                    Map.entry("dynamodb:GetItem", Set.of("table")),
                    Map.entry("dynamodb:PutItem", Set.of("table")),
                    Map.entry(
                            "ec2:AuthorizeSecurityGroupEgress",
                            Set.of("security-group", "security-group-rule")),
                    Map.entry(
                            "ec2:AuthorizeSecurityGroupIngress",
                            Set.of("security-group", "security-group-rule")),
                    Map.entry(
                            "ec2:CreateNetworkInterface",
                            Set.of("network-interface", "subnet", "security-group")),
                    Map.entry("ec2:CreateSecurityGroup", Set.of("security-group", "vpc")),
                    Map.entry("ec2:CreateTags", Set.of("security-group", "security-group-rule")),
                    Map.entry("ec2:DescribeDhcpOptions", Set.of()),
                    Map.entry("ec2:DescribeInstances", Set.of()),
                    Map.entry("ec2:DescribeNetworkAcls", Set.of()),
                    Map.entry("ec2:DescribeNetworkInterfaceAttribute", Set.of()),
                    Map.entry("ec2:DescribeNetworkInterfaces", Set.of()),
                    Map.entry("ec2:DescribeRouteTables", Set.of()),
                    Map.entry("ec2:DescribeSecurityGroupRules", Set.of()),
                    Map.entry("ec2:DescribeSecurityGroups", Set.of()),
                    Map.entry("ec2:DescribeSubnets", Set.of()),
                    Map.entry("ec2:DescribeVpcAttribute", Set.of("vpc")),
                    Map.entry("ec2:DescribeVpcPeeringConnections", Set.of()),
                    Map.entry("ec2:DescribeVpcs", Set.of()),
                    Map.entry("ec2:GetManagedPrefixListEntries", Set.of("prefix-list")),
                    Map.entry(
                            "ec2:ModifyNetworkInterfaceAttribute",
                            Set.of("network-interface", "security-group")),
                    Map.entry("ec2:RevokeSecurityGroupEgress", Set.of("security-group")),
                    Map.entry("ec2:RevokeSecurityGroupIngress", Set.of("security-group")),
                    Map.entry("ecs:DeregisterTaskDefinition", Set.of()),
                    Map.entry("ecs:DescribeContainerInstances", Set.of("container-instance")),
                    Map.entry("ecs:DescribeServices", Set.of("service")),
                    Map.entry("ecs:DescribeTaskDefinition", Set.of()),
                    Map.entry("ecs:DescribeTasks", Set.of("task")),
                    Map.entry("ecs:ListClusters", Set.of()),
                    Map.entry("ecs:ListServices", Set.of()),
                    Map.entry("ecs:ListTaskDefinitionFamilies", Set.of()),
                    Map.entry("ecs:ListTaskDefinitions", Set.of()),
                    Map.entry("ecs:ListTasks", Set.of()),
                    Map.entry("ecs:RegisterTaskDefinition", Set.of()),
                    Map.entry("ecs:RunTask", Set.of("task-definition")),
                    Map.entry("ecs:TagResource", Set.of("task", "task-definition")),
                    Map.entry("ecs:UpdateService", Set.of("service")),
                    Map.entry("elasticfilesystem:CreateAccessPoint", Set.of("file-system")),
                    Map.entry("elasticfilesystem:CreateMountTarget", Set.of("file-system")),
                    Map.entry("elasticfilesystem:DeleteAccessPoint", Set.of("access-point")),
                    Map.entry(
                            "elasticfilesystem:DescribeAccessPoints",
                            Set.of("access-point", "file-system")),
                    Map.entry("elasticfilesystem:DescribeFileSystemPolicy", Set.of("file-system")),
                    Map.entry("elasticfilesystem:DescribeFileSystems", Set.of("file-system")),
                    Map.entry(
                            "elasticfilesystem:DescribeMountTargetSecurityGroups",
                            Set.of("file-system")),
                    Map.entry("elasticfilesystem:DescribeMountTargets", Set.of("file-system")),
                    Map.entry(
                            "elasticfilesystem:ModifyMountTargetSecurityGroups",
                            Set.of("file-system")),
                    Map.entry(
                            "elasticfilesystem:TagResource", Set.of("access-point", "file-system")),
                    Map.entry("events:PutEvents", Set.of("event-bus")),
                    Map.entry("iam:GetRole", Set.of("role")),
                    Map.entry("iam:ListRoleTags", Set.of("role")),
                    Map.entry("iam:PassRole", Set.of("role")),
                    Map.entry("iam:PutRolePolicy", Set.of("role")),
                    Map.entry("iam:SimulatePrincipalPolicy", Set.of("role")),
                    Map.entry("lambda:InvokeFunction", Set.of("function")),
                    // The ARN of an access point is in that of its file system.
                    Map.entry("s3files:GetAccessPoint", Set.of("file-system")),
                    Map.entry("s3files:GetFileSystem", Set.of("file-system")),
                    Map.entry("s3files:GetFileSystemPolicy", Set.of("file-system")),
                    Map.entry("s3files:ListMountTargets", Set.of()),
                    Map.entry("scheduler:CreateSchedule", Set.of("schedule")),
                    Map.entry("sqs:SendMessage", Set.of("queue")));

    /** What {@code !GetAtt} names in policies. */
    private static final Map<String, String> ATTRIBUTES =
            Map.of(
                    "Ledger.Arn", "table",
                    "RerunScheduleRole.Arn", "role",
                    "DeadLetters.Arn", "queue");

    /** A statement with the names of its function and of itself. */
    record Named(String name, JsonNode statement) {
        @Override
        public String toString() {
            return name;
        }
    }

    static List<Named> allows() {
        return documents()
                .flatMap(document ->
                        statements(document.statement().path("Statement"))
                                .map(statement ->
                                        new Named(
                                                document.name()
                                                        + " "
                                                        + statement.path("Sid").asText(),
                                                statement)))
                .filter(named -> named.statement().path("Effect").asText().equals("Allow"))
                .toList();
    }

    @ParameterizedTest
    @MethodSource("allows")
    void an_action_is_allowed_on_the_types_of_resource_that_its_service_authorizes(Named named) {
        var types = each(named.statement().path("Resource")).map(PoliciesTest::type).toList();

        assertThat(actions(named)).isNotEmpty();
        assertThat(actions(named))
                .allSatisfy(action -> {
                    assertThat(TYPES).containsKey(action);
                    var possible = TYPES.getOrDefault(action, Set.of());
                    if (possible.isEmpty()) {
                        assertThat(types).as(action).containsExactly("*");
                    } else {
                        assertThat(types)
                                .as(action)
                                .doesNotContain("*")
                                .containsAnyElementsOf(possible);
                    }
                });
        assertThat(types)
                .allSatisfy(type ->
                        assertThat(actions(named))
                                .as("what needs " + type)
                                .anyMatch(action ->
                                        type.equals("*")
                                                || TYPES.getOrDefault(action, Set.of())
                                                        .contains(type)));
    }

    @ParameterizedTest
    @MethodSource("allows")
    void a_role_is_passed_to_one_service_only_and_from_below_a_path(Named named) {
        if (actions(named).contains("iam:PassRole")) {
            var service = named.statement().at("/Condition/StringEquals/iam:PassedToService");
            var resource = named.statement().path("Resource");

            assertThat(actions(named)).containsExactly("iam:PassRole");
            if (resource.has("!GetAtt")) {
                assertThat(service.asText()).isEqualTo("scheduler.amazonaws.com");
            } else {
                assertThat(service.asText()).isEqualTo("ecs-tasks.amazonaws.com");
                assertThat(resource.path("!Sub").asText())
                        .endsWith(":iam::${AWS::AccountId}:role${TaskRolePath}*");
            }
        }
    }

    /** A condition that the local AWS can't evaluate would be one that no test has seen at work. */
    @Test
    void the_local_aws_evaluates_every_statement_of_a_function() {
        assertThatCode(() ->
                        Policy.of(
                                allows().stream()
                                        .filter(named -> named.name().contains("Function"))
                                        .map(named -> document(named.statement()))
                                        .toList()))
                .doesNotThrowAnyException();
    }

    private static JsonNode document(JsonNode statement) {
        return Json.MAPPER.createObjectNode().set("Statement", statement);
    }

    private static Stream<Named> documents() {
        var template = Template.read();
        var functions =
                template.resources("AWS::Serverless::Function")
                        .flatMap(resource ->
                                each(resource.getValue().at("/Properties/Policies"))
                                        .map(policy -> new Named(resource.getKey(), policy)));
        var roles =
                template.resources("AWS::IAM::Role")
                        .flatMap(resource ->
                                each(resource.getValue().at("/Properties/Policies"))
                                        .map(policy ->
                                                new Named(
                                                        resource.getKey(),
                                                        policy.path("PolicyDocument"))));
        return Stream.concat(functions, roles);
    }

    /** All of them, also those that a parameter switches off. */
    private static Stream<JsonNode> statements(JsonNode list) {
        return each(list)
                .map(statement ->
                        statement.has("Fn::If") ? statement.path("Fn::If").path(1) : statement);
    }

    private static List<String> actions(Named named) {
        return each(named.statement().path("Action")).map(JsonNode::asText).toList();
    }

    /** The type of an ARN's resource: what stands before its first slash. */
    private static String type(JsonNode resource) {
        return switch (resource) {
            case ObjectNode it when it.has("!GetAtt") ->
                    ATTRIBUTES.getOrDefault(it.path("!GetAtt").asText(), "?");
            case ObjectNode it ->
                    it.path("!Sub")
                            .asText()
                            .replaceAll("\\$\\{TaskRolePath}", "/")
                            .replaceAll("\\$\\{[^}]*}", "x")
                            .split(":", 6)[5]
                            .replaceAll("[/:].*", "");
            default -> resource.asText();
        };
    }

    private static Stream<JsonNode> each(JsonNode node) {
        return node instanceof ArrayNode list
                ? list.valueStream()
                : node.isMissingNode() ? Stream.empty() : Stream.of(node);
    }
}
