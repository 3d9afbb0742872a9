package dev.efsautopilot.aws;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.iam.model.ContextEntry;
import software.amazon.awssdk.services.iam.model.EvaluationResult;
import software.amazon.awssdk.services.iam.model.NoSuchEntityException;
import software.amazon.awssdk.services.iam.model.PolicyEvaluationDecisionType;

/** What IAM's simulator says of a role's own policies ({@code SimulatePrincipalPolicy}). */
record Simulation(IamClient client, String roleArn) {

    /** Its results; empty where there is no such role. */
    Optional<List<EvaluationResult>> of(
            Collection<String> actions,
            Collection<String> resources,
            Collection<ContextEntry> context) {
        try {
            return Optional.of(
                    client
                            .simulatePrincipalPolicyPaginator(r ->
                                    r.policySourceArn(roleArn)
                                            .actionNames(actions)
                                            .resourceArns(resources)
                                            .contextEntries(context))
                            .evaluationResults()
                            .stream()
                            .toList());
        } catch (NoSuchEntityException _) {
            return Optional.empty();
        }
    }

    static RoleDecision decision(EvaluationResult result) {
        if (result.evalDecision() == PolicyEvaluationDecisionType.ALLOWED) {
            return RoleDecision.ALLOWED;
        }
        var boundary = result.permissionsBoundaryDecisionDetail();
        var organization = result.organizationsDecisionDetail();
        var bounded =
                (boundary != null && !boundary.allowedByPermissionsBoundary())
                        || (organization != null && !organization.allowedByOrganizations());
        return bounded || result.evalDecision() == PolicyEvaluationDecisionType.EXPLICIT_DENY
                ? RoleDecision.DENIED
                : RoleDecision.NOT_ALLOWED;
    }

    /**
     * Whether an action is surely not allowed on a resource. What depends on facts that the
     * simulator was not told, like the tags of a secret, may be.
     */
    static boolean isLacking(EvaluationResult result) {
        return decision(result) == RoleDecision.DENIED
                || (decision(result) == RoleDecision.NOT_ALLOWED
                        && result.missingContextValues().isEmpty());
    }
}
