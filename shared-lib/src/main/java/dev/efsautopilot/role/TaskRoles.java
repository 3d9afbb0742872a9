package dev.efsautopilot.role;

import com.fasterxml.jackson.databind.JsonNode;
import dev.efsautopilot.aws.Denied;
import dev.efsautopilot.aws.Efs;
import dev.efsautopilot.aws.Iam;
import dev.efsautopilot.json.Json;
import dev.efsautopilot.plan.Refusal;
import dev.efsautopilot.plan.Result;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Looks whether task roles may mount, and gives them what they lack where the stack may.
 *
 * @param efs where the policies of file systems are
 * @param iam where roles are
 * @param manage whether roles may be changed: the stack's parameter ManageTaskRoles
 * @param stack the stack's name
 */
public record TaskRoles(Efs efs, Iam iam, boolean manage, String stack) {

    /**
     * Looks, and changes nothing. What IAM does not allow to be read is not checked.
     *
     * @param definition a registered task definition
     * @param volumes the names of the volumes that are looked at
     */
    public RoleReport look(JsonNode definition, Set<String> volumes) {
        return new RoleReport(
                RoleMount.of(definition, volumes).stream().map(this::look).toList(), List.of());
    }

    /** Looks, and gives the role what it lacks where that is wanted. */
    public RoleReport settle(JsonNode definition, Set<String> volumes) {
        var found = look(definition, volumes);
        if (!manage) {
            return found;
        }
        var findings = new ArrayList<RoleFinding>();
        var granted = new ArrayList<RoleStep.GrantMount>();
        for (var finding : found.findings()) {
            if (finding instanceof RoleFinding.Missing missing) {
                switch (grant(missing, Json.text(definition, "family"))) {
                    case Result.Ok<RoleStep.GrantMount>(var step) -> {
                        granted.add(step);
                        findings.add(new RoleFinding.Allowed(missing.mount()));
                    }
                    case Result.Refused<RoleStep.GrantMount>(var refusal) ->
                            findings.add(
                                    new RoleFinding.Missing(
                                            missing.mount(),
                                            missing.actions(),
                                            refusal.problem() + ": " + refusal.remedy()));
                }
            } else {
                findings.add(finding);
            }
        }
        return new RoleReport(findings, granted);
    }

    private RoleFinding look(RoleMount mount) {
        try {
            return TaskRoleNeeds.of(
                    mount,
                    efs.fileSystems().policy(mount.fileSystemId()),
                    actions ->
                            iam.simulate(
                                    mount.role(),
                                    actions,
                                    mount.fileSystem(),
                                    mount.accessPoint()));
        } catch (RuntimeException e) {
            return new RoleFinding.NotChecked(mount, denied(e));
        }
    }

    private Result<RoleStep.GrantMount> grant(RoleFinding.Missing missing, String family) {
        var mount = missing.mount();
        try {
            return new Grant(mount, family, stack)
                    .plan(
                            iam.roleTags(mount.roleName()),
                            mount.accessPointId().flatMap(efs.accessPoints()::find))
                    .then(step -> put(step, missing));
        } catch (RuntimeException e) {
            return left(missing, denied(e));
        }
    }

    private Result<RoleStep.GrantMount> put(RoleStep.GrantMount step, RoleFinding.Missing missing) {
        return iam.putRolePolicy(step.role(), step.policy(), step.statement())
                ? Result.ok(step)
                : left(missing, "the role's inline policies have no room");
    }

    private static Result<RoleStep.GrantMount> left(RoleFinding.Missing missing, String problem) {
        return Result.refused(Refusal.forbidden(missing.mount().role(), problem, missing.remedy()));
    }

    /** What else fails is for Lambda to try again. */
    private static String denied(RuntimeException failure) {
        return Denied.of(failure).orElseThrow(() -> failure);
    }
}
