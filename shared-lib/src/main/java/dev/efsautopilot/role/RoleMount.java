package dev.efsautopilot.role;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.efsautopilot.json.Json;
import dev.efsautopilot.task.EfsVolume;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A volume that tasks mount with their role: on EFS with {@code "iam": "ENABLED"}, on S3 Files
 * always.
 *
 * @param volume its name
 * @param role the ARN of the task role
 * @param fileSystem the ARN of the file system
 * @param accessPoint the ARN of the access point; empty where a directory itself is mounted
 * @param writes whether a container mounts it to write
 */
public record RoleMount(
        String volume,
        String role,
        String fileSystem,
        Optional<String> accessPoint,
        boolean writes) {

    /** What a client of EFS needs to mount, and to read. */
    static final String MOUNT = "elasticfilesystem:ClientMount";

    /** What it needs to write. */
    static final String WRITE = "elasticfilesystem:ClientWrite";

    /**
     * The volumes of a registered task definition that are mounted with its role.
     *
     * @param volumes the names of the volumes that are looked at
     */
    static List<RoleMount> of(JsonNode definition, Set<String> volumes) {
        var role = Json.text(definition, "taskRoleArn");
        var arn = Json.text(definition, "taskDefinitionArn").split(":", 6);
        return role.isBlank() || arn.length < 6
                ? List.of()
                : Json.list(definition, "volumes").stream()
                        .filter(volume -> volumes.contains(Json.text(volume, "name")))
                        .filter(volume ->
                                authorization(volume).path("iam").asText().equals("ENABLED"))
                        .map(volume -> of(definition, role, arn, volume))
                        .toList();
    }

    /** Of the same partition, region and account as the task definition: EFS finds no others. */
    private static RoleMount of(JsonNode definition, String role, String[] arn, JsonNode volume) {
        var efs = volume.path("efsVolumeConfiguration");
        var prefix = "arn:%s:elasticfilesystem:%s:%s:".formatted(arn[1], arn[3], arn[4]);
        var name = Json.text(volume, "name");
        return new RoleMount(
                name,
                roleArn(role, arn),
                prefix + "file-system/" + Json.text(efs, "fileSystemId"),
                Json.optionalText(authorization(volume), "accessPointId")
                        .map(id -> prefix + "access-point/" + id),
                writes(definition, name));
    }

    /** One on S3 Files; empty where the task definition has no task role, which it needs. */
    static Optional<RoleMount> onS3Files(JsonNode definition, EfsVolume volume) {
        var arn = volume.fileSystemId().split(":", 6);
        return Json.optionalText(definition, "taskRoleArn")
                .map(role ->
                        new RoleMount(
                                volume.name(),
                                roleArn(role, arn),
                                volume.fileSystemId(),
                                volume.accessPointId(),
                                writes(definition, volume.name())));
    }

    /** A task definition may name its role without the account, which is its own. */
    private static String roleArn(String role, String[] arn) {
        return role.startsWith("arn:")
                ? role
                : "arn:%s:iam::%s:role/%s".formatted(arn[1], arn[4], role);
    }

    private static JsonNode authorization(JsonNode volume) {
        return volume.path("efsVolumeConfiguration").path("authorizationConfig");
    }

    /** Whether a container mounts the volume to write. */
    static boolean writes(JsonNode definition, String volume) {
        return Json.list(definition, "containerDefinitions").stream()
                .flatMap(container -> Json.list(container, "mountPoints").stream())
                .filter(point -> Json.text(point, "sourceVolume").equals(volume))
                .anyMatch(point -> !point.path("readOnly").asBoolean(false));
    }

    /** What the role must be allowed. */
    public List<String> actions() {
        return actions(writes).stream()
                .map(action -> action.replaceFirst("^[^:]*", client().service()))
                .toList();
    }

    static List<String> actions(boolean writes) {
        return writes ? List.of(MOUNT, WRITE) : List.of(MOUNT);
    }

    /** The id of the file system, {@code fs-…}. */
    public String fileSystemId() {
        return afterSlash(fileSystem);
    }

    /** The id of the access point, {@code fsap-…}. */
    public Optional<String> accessPointId() {
        return accessPoint.map(RoleMount::afterSlash);
    }

    /** The name of the role, without its path. */
    public String roleName() {
        return afterSlash(role);
    }

    /** As the file system's policy sees it; ECS takes no volume with IAM and without TLS. */
    PolicyClient client() {
        return new PolicyClient(Optional.of(role), fileSystem, accessPoint, true);
    }

    /** The policy statement that allows it, and nothing else: for the role's policies. */
    public ObjectNode statement() {
        var statement = Json.MAPPER.createObjectNode().put("Effect", "Allow");
        actions().forEach(statement.putArray("Action")::add);
        statement.put("Resource", fileSystem);
        accessPoint.ifPresent(arn ->
                statement
                        .putObject("Condition")
                        .putObject("StringEquals")
                        .put(client().accessPointKey(), arn));
        return statement;
    }

    private static String afterSlash(String arn) {
        return arn.substring(arn.lastIndexOf('/') + 1);
    }
}
