package dev.efsautopilot.aws;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.toCollection;
import static java.util.stream.Collectors.toUnmodifiableMap;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.efsautopilot.json.Json;
import java.net.URLDecoder;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.stream.Stream;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.iam.model.ContextEntry;
import software.amazon.awssdk.services.iam.model.ContextKeyTypeEnum;
import software.amazon.awssdk.services.iam.model.EvaluationResult;
import software.amazon.awssdk.services.iam.model.LimitExceededException;
import software.amazon.awssdk.services.iam.model.NoSuchEntityException;
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
     * @param fileSystemArn a file system on EFS or on S3 Files
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
                                                        (S3Files.names(fileSystemArn)
                                                                        ? "s3files"
                                                                        : "elasticfilesystem")
                                                                + ":AccessPointArn",
                                                        ContextKeyTypeEnum.STRING,
                                                        arn)))
                        .toList();
        return new Simulation(client.get(), roleArn)
                .of(actions, List.of(fileSystemArn), context)
                .map(results ->
                        results.stream()
                                .collect(
                                        toUnmodifiableMap(
                                                EvaluationResult::evalActionName,
                                                Simulation::decision)));
    }

    /**
     * Which of these actions a role's own policies surely don't allow on all of these resources.
     *
     * @return empty where there is no such role
     */
    public Optional<Set<String>> lacking(
            String roleArn, Collection<String> actions, Collection<String> resources) {
        return new Simulation(client.get(), roleArn)
                .of(actions, resources, List.of())
                .map(results ->
                        results.stream()
                                .filter(Simulation::isLacking)
                                .map(EvaluationResult::evalActionName)
                                .collect(toCollection(TreeSet::new)));
    }

    /**
     * Who may assume a role ({@code AssumeRolePolicyDocument} of {@code GetRole}).
     *
     * @return empty where there is no such role
     */
    public Optional<JsonNode> trust(String roleName) {
        try {
            var document = client.get().getRole(r -> r.roleName(roleName)).role();
            return Optional.of(
                    Json.MAPPER.readTree(
                            URLDecoder.decode(document.assumeRolePolicyDocument(), UTF_8)));
        } catch (NoSuchEntityException _) {
            return Optional.empty();
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("the trust policy of " + roleName + " is no JSON", e);
        }
    }

    private static ContextEntry entry(String key, ContextKeyTypeEnum type, String value) {
        return ContextEntry.builder()
                .contextKeyName(key)
                .contextKeyType(type)
                .contextKeyValues(value)
                .build();
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
