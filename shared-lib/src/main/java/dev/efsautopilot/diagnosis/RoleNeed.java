package dev.efsautopilot.diagnosis;

import com.fasterxml.jackson.databind.JsonNode;
import dev.efsautopilot.json.Json;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What the agent does with the task execution role before a container starts (Amazon ECS Developer
 * Guide, "Amazon ECS task execution IAM role").
 *
 * @param why what asks for it
 * @param actions what the role must be allowed
 * @param resource the ARN of what it is done to; "*" where that can't be told
 */
public record RoleNeed(String why, List<String> actions, String resource) {

    private static final List<String> PULL =
            List.of("ecr:GetAuthorizationToken", "ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer");
    private static final List<String> LOG = List.of("logs:CreateLogStream", "logs:PutLogEvents");
    private static final String ANY = "*";
    private static final int PARTS_OF_A_SECRET = 7;

    /** All that a task definition asks for; on EC2 the instance's role pulls and logs. */
    static List<RoleNeed> of(JsonNode definition, boolean fargate) {
        return Json.list(definition, "containerDefinitions").stream()
                .flatMap(container ->
                        Stream.of(
                                        secrets(definition, container),
                                        fargate
                                                ? pulled(definition, container)
                                                : Stream.<RoleNeed>empty(),
                                        fargate
                                                ? logged(definition, container)
                                                : Stream.<RoleNeed>empty())
                                .flatMap(needs -> needs))
                .toList();
    }

    /** The service whose actions they are. */
    String service() {
        return actions.getFirst().replaceFirst(":.*", "");
    }

    private static Stream<RoleNeed> secrets(JsonNode definition, JsonNode container) {
        var credentials =
                Json.optionalText(container.path("repositoryCredentials"), "credentialsParameter");
        var secrets =
                Stream.concat(
                                Json.list(container, "secrets").stream(),
                                Json.list(container.path("logConfiguration"), "secretOptions")
                                        .stream())
                        .map(secret -> Json.text(secret, "valueFrom"));
        return Stream.concat(
                credentials.stream()
                        .map(from -> secret(name(container) + " has repository credentials", from)),
                secrets.map(from -> read(definition, name(container) + " has secrets", from)));
    }

    /** A parameter of the same region may be named without its ARN. */
    private static RoleNeed read(JsonNode definition, String why, String from) {
        if (from.contains(":secretsmanager:")) {
            return secret(why, from);
        }
        var parameter =
                from.startsWith("arn:")
                        ? from
                        : arn(definition, "ssm", "parameter/" + from.replaceFirst("^/", ""));
        return new RoleNeed(why, List.of("ssm:GetParameters"), parameter);
    }

    /** After the secret's own ARN a key, a stage and a version may follow. */
    private static RoleNeed secret(String why, String from) {
        var own =
                String.join(":", Stream.of(from.split(":", -1)).limit(PARTS_OF_A_SECRET).toList());
        return new RoleNeed(
                why, List.of("secretsmanager:GetSecretValue"), own.startsWith("arn:") ? own : ANY);
    }

    private static Stream<RoleNeed> pulled(JsonNode definition, JsonNode container) {
        var image = Json.text(container, "image");
        var host = image.split("[./]", -1);
        if (!image.contains(".dkr.ecr.")) {
            return Stream.empty();
        }
        var repository = image.replaceFirst("^[^/]*/", "").replaceFirst("[:@].*$", "");
        return Stream.of(
                new RoleNeed(
                        name(container) + " is pulled from a private ECR repository",
                        PULL,
                        "arn:%s:ecr:%s:%s:repository/%s"
                                .formatted(partition(definition), host[3], host[0], repository)));
    }

    private static Stream<RoleNeed> logged(JsonNode definition, JsonNode container) {
        var log = container.path("logConfiguration");
        if (!Json.text(log, "logDriver").equals("awslogs")) {
            return Stream.empty();
        }
        var stream =
                "log-group:%s:log-stream:%s"
                        .formatted(
                                Json.text(log.path("options"), "awslogs-group"),
                                Json.text(log.path("options"), "awslogs-stream-prefix"));
        return Stream.of(
                new RoleNeed(
                        name(container) + " logs with awslogs",
                        LOG,
                        Json.optionalText(log.path("options"), "awslogs-region")
                                .map(region -> arn(definition, "logs", region, stream))
                                .orElseGet(() -> arn(definition, "logs", stream))));
    }

    private static String name(JsonNode container) {
        return "container " + Json.text(container, "name");
    }

    private static String arn(JsonNode definition, String service, String resource) {
        return part(definition, 3)
                .map(region -> arn(definition, service, region, resource))
                .orElse(ANY);
    }

    private static String arn(JsonNode definition, String service, String region, String resource) {
        return part(definition, 4)
                .map(account ->
                        "arn:%s:%s:%s:%s:%s"
                                .formatted(
                                        partition(definition), service, region, account, resource))
                .orElse(ANY);
    }

    private static String partition(JsonNode definition) {
        return part(definition, 1).orElse("aws");
    }

    private static Optional<String> part(JsonNode definition, int index) {
        var parts = Json.text(definition, "taskDefinitionArn").split(":", -1);
        return parts.length > index ? Optional.of(parts[index]) : Optional.empty();
    }
}
