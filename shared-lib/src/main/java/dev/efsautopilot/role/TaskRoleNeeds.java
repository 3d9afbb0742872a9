package dev.efsautopilot.role;

import com.fasterxml.jackson.databind.JsonNode;
import dev.efsautopilot.aws.RoleDecision;
import dev.efsautopilot.role.FileSystemPolicy.Verdict;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * Decides whether a role may mount. An allow in the file system's policy or in one of the role's is
 * enough; a deny in either is final; without a policy on the file system everybody may who reaches
 * it ("Default EFS file system policy" in the Amazon EFS User Guide).
 */
final class TaskRoleNeeds {

    /** Who denies a mount where the policy of the file system does. */
    static final String FILE_SYSTEM_POLICY = "the file system's policy";

    private static final String REMEDY = "add the statement to a policy of the role";

    private TaskRoleNeeds() {}

    /**
     * What is found.
     *
     * @param policy the file system's; empty where the default is in effect
     * @param role what the role's own policies say of these actions; asked only where they decide;
     *     empty where there is no such role
     */
    static RoleFinding of(
            RoleMount mount,
            Optional<JsonNode> policy,
            Function<List<String>, Optional<Map<String, RoleDecision>>> role) {
        if (policy.isEmpty()) {
            return new RoleFinding.Allowed(mount);
        }
        var document = new FileSystemPolicy(policy.get());
        var denied = with(mount, document, Verdict.DENIES);
        if (!denied.isEmpty()) {
            return new RoleFinding.Denied(mount, denied, FILE_SYSTEM_POLICY);
        }
        var open =
                mount.actions().stream()
                        .filter(action ->
                                document.verdict(mount.client(), action) != Verdict.ALLOWS)
                        .toList();
        return open.isEmpty()
                ? new RoleFinding.Allowed(mount)
                : role.apply(open)
                        .map(decisions -> ofRole(mount, document, open, decisions))
                        .orElseGet(
                                () -> new RoleFinding.NotChecked(mount, "there is no such role"));
    }

    private static RoleFinding ofRole(
            RoleMount mount,
            FileSystemPolicy document,
            List<String> open,
            Map<String, RoleDecision> decisions) {
        var denied = with(open, decisions, RoleDecision.DENIED);
        if (!denied.isEmpty()) {
            return new RoleFinding.Denied(
                    mount, denied, "a policy or the permissions boundary of the role");
        }
        var missing = with(open, decisions, RoleDecision.NOT_ALLOWED);
        if (missing.isEmpty()) {
            return new RoleFinding.Allowed(mount);
        }
        return with(mount, document, Verdict.UNCLEAR).stream().anyMatch(missing::contains)
                ? new RoleFinding.NotChecked(
                        mount, "the file system's policy has a condition that only EFS can decide")
                : new RoleFinding.Missing(mount, missing, REMEDY);
    }

    private static List<String> with(RoleMount mount, FileSystemPolicy document, Verdict verdict) {
        return mount.actions().stream()
                .filter(action -> document.verdict(mount.client(), action) == verdict)
                .toList();
    }

    /** What the simulator did not answer for is not allowed. */
    private static List<String> with(
            List<String> open, Map<String, RoleDecision> decisions, RoleDecision wanted) {
        return open.stream()
                .filter(action ->
                        decisions.getOrDefault(action, RoleDecision.NOT_ALLOWED) == wanted)
                .toList();
    }
}
