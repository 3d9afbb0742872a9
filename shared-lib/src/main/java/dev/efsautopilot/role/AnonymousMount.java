package dev.efsautopilot.role;

import com.fasterxml.jackson.databind.JsonNode;
import dev.efsautopilot.json.Json;
import dev.efsautopilot.role.FileSystemPolicy.Verdict;
import dev.efsautopilot.task.EfsVolume;
import java.util.List;
import java.util.Optional;

/**
 * A volume that tasks mount without their role. With a policy on the file system, only what it
 * allows to everybody is allowed then ("Using IAM to control access to file systems", Amazon EFS
 * User Guide).
 */
record AnonymousMount(String fileSystemId, PolicyClient client, List<String> actions) {

    static AnonymousMount of(JsonNode definition, EfsVolume volume) {
        var arn = Json.text(definition, "taskDefinitionArn").split(":", 6);
        var prefix = "arn:%s:elasticfilesystem:%s:%s:".formatted(arn[1], arn[3], arn[4]);
        return new AnonymousMount(
                volume.fileSystemId(),
                new PolicyClient(
                        Optional.empty(),
                        prefix + "file-system/" + volume.fileSystemId(),
                        volume.accessPointId().map(id -> prefix + "access-point/" + id),
                        volume.transitEncryption()),
                RoleMount.actions(RoleMount.writes(definition, volume.name())));
    }

    /**
     * Whether it may be mounted.
     *
     * @param policy the file system's; empty where the default is in effect
     */
    MountPermission permission(Optional<JsonNode> policy) {
        if (policy.isEmpty()) {
            return new MountPermission.Given(
                    fileSystemId + " has no policy: whoever reaches it may mount it");
        }
        var document = new FileSystemPolicy(policy.get());
        var closed = closed(document, client);
        if (closed.isEmpty()) {
            return new MountPermission.Given(
                    TaskRoleNeeds.FILE_SYSTEM_POLICY + " lets everybody mount " + fileSystemId);
        }
        if (closed.stream()
                .allMatch(action -> document.verdict(client, action) == Verdict.UNCLEAR)) {
            return new MountPermission.Unclear(
                    TaskRoleNeeds.FILE_SYSTEM_POLICY + " has a condition that only EFS can decide");
        }
        return refused(document, closed);
    }

    private MountPermission refused(FileSystemPolicy document, List<String> closed) {
        return !client.encrypted() && closed(document, client.withTls()).isEmpty()
                ? new MountPermission.Refused(
                        closed,
                        TaskRoleNeeds.FILE_SYSTEM_POLICY + " wants encryption in transit",
                        "register a revision: set transitEncryption to ENABLED")
                : new MountPermission.Refused(
                        closed,
                        TaskRoleNeeds.FILE_SYSTEM_POLICY
                                + " does not allow it to clients without a role",
                        "register a revision: set transitEncryption and authorizationConfig.iam to"
                                + " ENABLED, with a taskRoleArn that may do it");
    }

    private List<String> closed(FileSystemPolicy document, PolicyClient as) {
        return actions.stream()
                .filter(action -> document.verdict(as, action) != Verdict.ALLOWS)
                .toList();
    }
}
