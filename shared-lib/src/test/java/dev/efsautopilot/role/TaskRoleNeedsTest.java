package dev.efsautopilot.role;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.efsautopilot.aws.RoleDecision;
import dev.efsautopilot.json.Json;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TaskRoleNeedsTest {

    private static final String ROLE = "arn:aws:iam::1:role/team/orders";
    private static final String FILE_SYSTEM =
            "arn:aws:elasticfilesystem:eu-west-1:1:file-system/fs-1";
    private static final String ACCESS_POINT =
            "arn:aws:elasticfilesystem:eu-west-1:1:access-point/fsap-1";
    private static final RoleMount MOUNT =
            new RoleMount("data", ROLE, FILE_SYSTEM, Optional.of(ACCESS_POINT), true);

    /** M and W are ClientMount and ClientWrite: + allowed, - denied, absent for neither. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "none",
            value = {
                "none                                            |      | allowed",
                "{Allow,*,M W}                                   |      | allowed",
                "{Allow,*,Client*}                               |      | allowed",
                "{Allow,*,*}                                     |      | allowed",
                "{Allow,ROLE,M W}                                |      | allowed",
                "{Allow,*,M}                                     |      | missing W",
                "{Allow,*,M}                                     | W+   | allowed",
                "{Allow,*,M}                                     | W-   | denied W role",
                "{Allow,OTHER,M W}                               |      | missing M W",
                "{Allow,OTHER,M W}                               | M+   | missing W",
                "{Allow,OTHER,M W}                               | M+W+ | allowed",
                "{Allow,ACCOUNT,M W}                             |      | missing M W",
                "{Allow,ACCOUNT,M W}                             | M+W+ | allowed",
                "{Deny,ACCOUNT,W} {Allow,*,*}                    | M+W+ | denied W file",
                "{Deny,*,*,Bool/aws:SecureTransport=false}       | M+W+ | allowed",
                "{Deny,*,*,Bool/aws:SecureTransport=false}       |      | missing M W",
                "{Deny,*,*,Bool/aws:SecureTransport=true}        | M+W+ | denied M W file",
                "{Allow,*,M W,Bool/elasticfilesystem:AccessedViaMountTarget=true} |  | allowed",
                "{Allow,*,M W,StringEquals/elasticfilesystem:AccessPointArn=AP}    |  | allowed",
                "{Allow,*,M W,StringEquals/elasticfilesystem:AccessPointArn=arn:x} |  | missing M W",
                "{Allow,*,M W,ArnLike/elasticfilesystem:accesspointarn=arn:*fsap-1} |  | allowed",
                "{Deny,*,*,StringNotEquals/elasticfilesystem:AccessPointArn=AP}    | M+W+ | allowed",
                "{Deny,*,*,StringNotEquals/elasticfilesystem:AccessPointArn=arn:x} | M+W+ | denied M W file",
                "{Allow,*,M W,ArnLike/aws:PrincipalArn=arn:aws:iam::1:role/*}      |  | allowed",
                "{Allow,*,M W,StringEquals/aws:PrincipalOrgID=o-1}                 |  | unknown",
                "{Allow,*,M W,StringEquals/aws:PrincipalOrgID=o-1}            | M+W+ | allowed",
                "{Allow,*,M W,IpAddress/aws:SourceIp=10.0.0.0/8}                   |  | unknown",
                "{Allow,*,M} {Allow,*,W,IpAddress/aws:SourceIp=10.0.0.0/8}    | W-   | denied W role",
            })
    void every_way_of_being_allowed_and_not(String policy, String role, String expected)
            throws JsonProcessingException {
        var finding =
                TaskRoleNeeds.of(
                        MOUNT,
                        policy == null ? Optional.empty() : Optional.of(policy(policy)),
                        _ -> Optional.of(decisions(role == null ? "" : role)));

        assertThat(text(finding)).isEqualTo(expected);
    }

    @Test
    void on_s3_files_actions_and_condition_key_are_those_of_s3_files()
            throws JsonProcessingException {
        var fileSystem = "arn:aws:s3files:eu-west-1:1:file-system/fs-1";
        var point = fileSystem + "/access-point/fsap-1";
        var mount = new RoleMount("data", ROLE, fileSystem, Optional.of(point), true);
        var policy =
                """
                {"Statement": [{"Effect": "Allow", "Principal": "*", "Action": "s3files:Client*",
                  "Condition": {"StringEquals": {"s3files:AccessPointArn": "%s"}}}]}\
                """
                        .formatted(point);

        assertThat(mount.actions()).containsExactly("s3files:ClientMount", "s3files:ClientWrite");
        assertThat(mount.statement().at("/Condition/StringEquals").toString())
                .isEqualTo("{\"s3files:AccessPointArn\":\"" + point + "\"}");
        assertThat(
                        TaskRoleNeeds.of(
                                mount,
                                Optional.of(Json.MAPPER.readTree(policy)),
                                _ -> Optional.of(Map.of())))
                .isEqualTo(new RoleFinding.Allowed(mount));
    }

    @Test
    void the_role_is_asked_only_about_what_the_policy_leaves_open() throws JsonProcessingException {
        TaskRoleNeeds.of(
                MOUNT,
                Optional.of(policy("{Allow,*,M}")),
                actions -> {
                    assertThat(actions).containsExactly("elasticfilesystem:ClientWrite");
                    return Optional.of(Map.of());
                });
    }

    @Test
    void a_role_that_is_not_there_is_not_checked() throws JsonProcessingException {
        assertThat(
                        TaskRoleNeeds.of(
                                MOUNT,
                                Optional.of(policy("{Allow,OTHER,M W}")),
                                _ -> Optional.empty()))
                .isEqualTo(new RoleFinding.NotChecked(MOUNT, "there is no such role"));
    }

    @Test
    void a_statement_allows_the_mount_and_nothing_else() {
        assertThat(MOUNT.statement())
                .hasToString(
                        """
                        {"Effect":"Allow","Action":["elasticfilesystem:ClientMount",\
                        "elasticfilesystem:ClientWrite"],"Resource":"%s","Condition":\
                        {"StringEquals":{"elasticfilesystem:AccessPointArn":"%s"}}}\
                        """
                                .formatted(FILE_SYSTEM, ACCESS_POINT));
    }

    @Test
    void a_definition_says_what_is_mounted_with_the_role() throws JsonProcessingException {
        var definition =
                Json.MAPPER.readTree(
                        """
                        {"taskDefinitionArn":"arn:aws-cn:ecs:cn-north-1:1:task-definition/orders:8",
                         "taskRoleArn":"orders","containerDefinitions":[{"mountPoints":[
                           {"sourceVolume":"data","readOnly":true},{"sourceVolume":"logs"}]}],
                         "volumes":[
                          {"name":"data","efsVolumeConfiguration":{"fileSystemId":"fs-1",
                            "authorizationConfig":{"iam":"ENABLED","accessPointId":"fsap-1"}}},
                          {"name":"logs","efsVolumeConfiguration":{"fileSystemId":"fs-1",
                            "authorizationConfig":{"iam":"ENABLED"}}},
                          {"name":"free","efsVolumeConfiguration":{"fileSystemId":"fs-1",
                            "authorizationConfig":{"iam":"DISABLED"}}},
                          {"name":"own","efsVolumeConfiguration":{"fileSystemId":"fs-1",
                            "authorizationConfig":{"iam":"ENABLED"}}},
                          {"name":"bind","host":{}}]}\
                        """);
        var efs = "arn:aws-cn:elasticfilesystem:cn-north-1:1:";

        assertThat(RoleMount.of(definition, Set.of("data", "logs", "free", "bind")))
                .containsExactly(
                        new RoleMount(
                                "data",
                                "arn:aws-cn:iam::1:role/orders",
                                efs + "file-system/fs-1",
                                Optional.of(efs + "access-point/fsap-1"),
                                false),
                        new RoleMount(
                                "logs",
                                "arn:aws-cn:iam::1:role/orders",
                                efs + "file-system/fs-1",
                                Optional.empty(),
                                true));
    }

    private static String text(RoleFinding finding) {
        return switch (finding) {
            case RoleFinding.Allowed _ -> "allowed";
            case RoleFinding.Missing(_, var actions, _) -> "missing " + shortly(actions);
            case RoleFinding.Denied(_, var actions, var by) ->
                    "denied "
                            + shortly(actions)
                            + (by.equals("the file system's policy") ? " file" : " role");
            case RoleFinding.NotChecked _ -> "unknown";
        };
    }

    private static String shortly(List<String> actions) {
        return String.join(" ", actions)
                .replace("elasticfilesystem:ClientMount", "M")
                .replace("elasticfilesystem:ClientWrite", "W");
    }

    private static Map<String, RoleDecision> decisions(String text) {
        var decisions = new HashMap<String, RoleDecision>();
        for (var i = 0; i + 1 < text.length(); i += 2) {
            decisions.put(
                    text.charAt(i) == 'M' ? RoleMount.MOUNT : RoleMount.WRITE,
                    text.charAt(i + 1) == '+' ? RoleDecision.ALLOWED : RoleDecision.DENIED);
        }
        return decisions;
    }

    /** {@code {Effect,Principal,actions[,Operator/key=value]}}, several with a space between. */
    private static JsonNode policy(String text) throws JsonProcessingException {
        var policy = Json.MAPPER.createObjectNode();
        var statements = policy.putArray("Statement");
        for (var one : text.substring(1, text.length() - 1).split("} \\{", -1)) {
            var parts = one.split(",", 4);
            var statement = statements.addObject().put("Effect", parts[0]);
            switch (parts[1]) {
                case "*" -> statement.put("Principal", "*");
                case "ROLE" -> statement.putObject("Principal").put("AWS", ROLE);
                case "ACCOUNT" ->
                        statement.putObject("Principal").putArray("AWS").add("arn:aws:iam::1:root");
                default -> statement.putObject("Principal").put("AWS", "arn:aws:iam::1:role/x");
            }
            var actions = statement.putArray("Action");
            for (var action : parts[2].split(" ", -1)) {
                actions.add(
                        switch (action) {
                            case "M" -> RoleMount.MOUNT;
                            case "W" -> RoleMount.WRITE;
                            case "*" -> "*";
                            default -> "ELASTICFILESYSTEM:" + action;
                        });
            }
            if (parts.length == 4) {
                var condition = parts[3].split("[/=]", 2);
                var keyed = condition[1].split("=", 2);
                statement
                        .putObject("Condition")
                        .putObject(condition[0])
                        .putArray(keyed[0])
                        .add(keyed[1].replace("AP", ACCESS_POINT));
            }
        }
        return policy;
    }
}
