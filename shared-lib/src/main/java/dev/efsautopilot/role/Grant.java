package dev.efsautopilot.role;

import dev.efsautopilot.aws.AccessPoint;
import dev.efsautopilot.plan.Refusal;
import dev.efsautopilot.plan.Result;
import java.util.Map;
import java.util.Optional;

/**
 * Whether a role is given what it lacks. Whoever writes task definitions must gain nothing by it
 * but the mount of a directory that was made for them: the role's owner opted in by a tag, and the
 * access point is one that this stack made for this family and volume, not one that a tag merely
 * names.
 *
 * @param mount what is mounted
 * @param family the family of the task definition
 * @param stack the stack's name
 */
record Grant(RoleMount mount, String family, String stack) {

    /** The tag with which a role's owner opts in; the template's policy has the same condition. */
    static final String OPT_IN = "efs-autopilot/managed-role";

    private static final String BY_HAND = "or add the statement to a policy of the role";

    /** IAM's limit of a policy's name. */
    private static final int LONGEST_NAME = 128;

    /** The step, or why it is left to a person. */
    Result<RoleStep.GrantMount> plan(
            Map<String, String> roleTags, Optional<AccessPoint> accessPoint) {
        if (!"on".equals(roleTags.get(OPT_IN))) {
            return refused("its owner did not opt in", "give it the tag " + OPT_IN + "=on");
        }
        return accessPoint
                .filter(this::isMadeForIt)
                .map(found ->
                        Result.ok(
                                new RoleStep.GrantMount(
                                        mount.roleName(),
                                        policyName(found.id()),
                                        mount.statement(),
                                        "its tasks could not mount volume " + mount.volume())))
                .orElseGet(() ->
                        refused(
                                "the volume's directory was not made for " + family,
                                "let the tag create its access point"));
    }

    private boolean isMadeForIt(AccessPoint accessPoint) {
        var tags = accessPoint.tags();
        return stack.equals(tags.get("efs-autopilot/managed"))
                && family.equals(tags.get("efs-autopilot/family"))
                && mount.volume().equals(tags.get("efs-autopilot/volume"));
    }

    /** One for each access point: a volume of the same name in another family keeps its own. */
    private String policyName(String accessPointId) {
        var volume = "efs-autopilot-" + mount.volume();
        var room = LONGEST_NAME - 1 - accessPointId.length();
        return volume.substring(0, Math.min(room, volume.length())) + "-" + accessPointId;
    }

    private Result<RoleStep.GrantMount> refused(String problem, String remedy) {
        return Result.refused(Refusal.forbidden(mount.role(), problem, remedy + ", " + BY_HAND));
    }
}
