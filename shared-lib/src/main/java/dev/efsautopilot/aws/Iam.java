package dev.efsautopilot.aws;

import static java.util.stream.Collectors.toUnmodifiableMap;

import com.fasterxml.jackson.databind.JsonNode;
import dev.efsautopilot.json.Json;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.iam.model.ContextEntry;
import software.amazon.awssdk.services.iam.model.ContextKeyTypeEnum;
import software.amazon.awssdk.services.iam.model.EvaluationResult;
import software.amazon.awssdk.services.iam.model.LimitExceededException;
import software.amazon.awssdk.services.iam.model.NoSuchEntityException;
import software.amazon.awssdk.services.iam.model.PolicyEvaluationDecisionType;
import software.amazon.awssdk.services.iam.model.Tag;

/** AWS IAM, as far as roles of tasks are concerned. */
public final class Iam {

    private final Supplier<IamClient> client;

    Iam(Supplier<IamClient> client) {
        this.client = client;
    }

    /**
     * What a role's own policies say of actions on a file system, mounted with TLS through a mount
     * target ({@code SimulatePrincipalPolicy}; it does not know the file system's policy).
     *
     * @param accessPointArn the access point that is mounted; empty for none
     * @return by action; empty where there is no such role
     */
    public Optional<Map<String, RoleDecision>> simulate(
            String roleArn,
            List<String> actions,
            String fileSystemArn,
            Optional<String> accessPointArn) {
        var context =
                Stream.concat(
                                Stream.of(
                                        entry(
                                                "aws:SecureTransport",
                                                ContextKeyTypeEnum.BOOLEAN,
                                                "true"),
                                        entry(
                                                "elasticfilesystem:AccessedViaMountTarget",
                                                ContextKeyTypeEnum.BOOLEAN,
                                                "true")),
                                accessPointArn.stream()
                                        .map(arn ->
                                                entry(
                                                        "elasticfilesystem:AccessPointArn",
                                                        ContextKeyTypeEnum.STRING,
                                                        arn)))
                        .toList();
        try {
            var results =
                    client.get()
                            .simulatePrincipalPolicyPaginator(r ->
                                    r.policySourceArn(roleArn)
                                            .actionNames(actions)
                                            .resourceArns(fileSystemArn)
                                            .contextEntries(context))
                            .evaluationResults();
            return Optional.of(
                    results.stream()
                            .collect(
                                    toUnmodifiableMap(
                                            EvaluationResult::evalActionName, Iam::decision)));
        } catch (NoSuchEntityException _) {
            return Optional.empty();
        }
    }

    private static ContextEntry entry(String key, ContextKeyTypeEnum type, String value) {
        return ContextEntry.builder()
                .contextKeyName(key)
                .contextKeyType(type)
                .contextKeyValues(value)
                .build();
    }

    private static RoleDecision decision(EvaluationResult result) {
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

    /** The tags of a role: at most 50, which come in one page. */
    public Map<String, String> roleTags(String roleName) {
        return client.get().listRoleTags(r -> r.roleName(roleName)).tags().stream()
                .collect(toUnmodifiableMap(Tag::key, Tag::value));
    }

    /**
     * Puts an inline policy with one statement in a role, or replaces the one of that name.
     *
     * @param statement as JSON has it
     * @return false where the role's inline policies have no room for it
     */
    public boolean putRolePolicy(String roleName, String policyName, JsonNode statement) {
        var document = Json.MAPPER.createObjectNode().put("Version", "2012-10-17");
        document.putArray("Statement").add(statement);
        try {
            client.get()
                    .putRolePolicy(r ->
                            r.roleName(roleName)
                                    .policyName(policyName)
                                    .policyDocument(document.toString()));
            return true;
        } catch (LimitExceededException _) {
            return false;
        }
    }
}
