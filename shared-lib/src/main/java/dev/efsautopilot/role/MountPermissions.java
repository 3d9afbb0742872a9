package dev.efsautopilot.role;

import com.fasterxml.jackson.databind.JsonNode;
import dev.efsautopilot.aws.Efs;
import dev.efsautopilot.aws.EfsFileSystems;
import dev.efsautopilot.aws.Iam;
import dev.efsautopilot.aws.S3Files;
import dev.efsautopilot.json.Json;
import dev.efsautopilot.task.EfsVolume;
import java.util.Optional;
import java.util.Set;

/**
 * Tells whether volumes may be mounted. It only reads: the policy, and the role where it decides.
 */
public final class MountPermissions {

    private final EfsFileSystems fileSystems;
    private final S3Files s3Files;
    private final Iam iam;
    private final TaskRoles roles;

    /** Reads through these clients. */
    public MountPermissions(Efs efs, S3Files s3Files, Iam iam) {
        this.fileSystems = efs.fileSystems();
        this.s3Files = s3Files;
        this.iam = iam;
        this.roles = new TaskRoles(efs, iam, false, "");
    }

    /**
     * Whether a volume of this task definition may be mounted, in one or two calls; empty where the
     * definition contradicts itself: IAM, and no task role.
     */
    public Optional<MountPermission> of(JsonNode definition, EfsVolume volume) {
        if (S3Files.names(volume.fileSystemId())) {
            return RoleMount.onS3Files(definition, volume)
                    .map(this::onS3Files)
                    .map(MountPermissions::of);
        }
        return volume.iam()
                ? roles.look(definition, Set.of(volume.name())).findings().stream()
                        .findFirst()
                        .map(MountPermissions::of)
                : Optional.of(
                        AnonymousMount.of(definition, volume)
                                .permission(fileSystems.policy(volume.fileSystemId())));
    }

    /**
     * "An allow permission on an action in either an IAM identity policy or a file system resource
     * policy allows access" ("How S3 Files works with IAM"): without a policy the role decides.
     */
    private RoleFinding onS3Files(RoleMount mount) {
        var policy = s3Files.policy(mount.fileSystem());
        return TaskRoleNeeds.of(
                mount,
                policy.or(() -> Optional.of(Json.MAPPER.createObjectNode())),
                actions ->
                        iam.simulate(
                                mount.role(), actions, mount.fileSystem(), mount.accessPoint()));
    }

    private static MountPermission of(RoleFinding finding) {
        return switch (finding) {
            case RoleFinding.Allowed(var mount) ->
                    new MountPermission.Given(mount.role() + " may mount " + mount.fileSystemId());
            case RoleFinding.Missing missing ->
                    new MountPermission.Refused(
                            missing.actions(),
                            "nothing allows it to " + missing.mount().role(),
                            put(missing));
            case RoleFinding.Denied(var mount, var actions, var by) ->
                    new MountPermission.Refused(
                            actions, by + " denies it to " + mount.role(), undeny(mount, by));
            case RoleFinding.NotChecked(_, var why) -> new MountPermission.Unclear(why);
        };
    }

    private static String undeny(RoleMount mount, String by) {
        var onEfs = !S3Files.names(mount.fileSystem());
        return by.equals(TaskRoleNeeds.FILE_SYSTEM_POLICY)
                ? "take the deny out: aws %2$s-file-system-policy --file-system-id %1$s --query %3$s --output text > policy.json; aws %4$s put-file-system-policy --file-system-id %1$s --policy file://policy.json"
                        .formatted(
                                mount.fileSystemId(),
                                onEfs ? "efs describe" : "s3files get",
                                onEfs ? "Policy" : "policy",
                                onEfs ? "efs" : "s3files")
                : "find the deny: aws iam list-role-policies --role-name %1$s; aws iam list-attached-role-policies --role-name %1$s; aws iam get-role --role-name %1$s --query Role.PermissionsBoundary"
                        .formatted(mount.roleName());
    }

    private static String put(RoleFinding.Missing missing) {
        var document = Json.MAPPER.createObjectNode().put("Version", "2012-10-17");
        document.putArray("Statement").add(missing.statement());
        return "aws iam put-role-policy --role-name %s --policy-name efs-%s --policy-document '%s'"
                .formatted(missing.mount().roleName(), missing.mount().volume(), document);
    }
}
