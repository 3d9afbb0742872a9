package dev.efsautopilot.role;

import com.fasterxml.jackson.databind.JsonNode;
import dev.efsautopilot.aws.Efs;
import dev.efsautopilot.aws.EfsFileSystems;
import dev.efsautopilot.aws.Iam;
import dev.efsautopilot.json.Json;
import dev.efsautopilot.task.EfsVolume;
import java.util.Optional;
import java.util.Set;

/**
 * Tells whether volumes may be mounted. It only reads: the policy, and the role where it decides.
 */
public final class MountPermissions {

    private final EfsFileSystems fileSystems;
    private final TaskRoles roles;

    /** Reads through these clients. */
    public MountPermissions(Efs efs, Iam iam) {
        this.fileSystems = efs.fileSystems();
        this.roles = new TaskRoles(efs, iam, false, "");
    }

    /**
     * Whether a volume of this task definition may be mounted, in one or two calls; empty where the
     * definition contradicts itself: IAM, and no task role.
     */
    public Optional<MountPermission> of(JsonNode definition, EfsVolume volume) {
        return volume.iam()
                ? roles.look(definition, Set.of(volume.name())).findings().stream()
                        .findFirst()
                        .map(MountPermissions::of)
                : Optional.of(
                        AnonymousMount.of(definition, volume)
                                .permission(fileSystems.policy(volume.fileSystemId())));
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
        return by.equals(TaskRoleNeeds.FILE_SYSTEM_POLICY)
                ? "take the deny out: aws efs describe-file-system-policy --file-system-id %1$s --query Policy --output text > policy.json; aws efs put-file-system-policy --file-system-id %1$s --policy file://policy.json"
                        .formatted(mount.fileSystemId())
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
