package dev.efsautopilot.local.policy;

import java.util.List;
import java.util.Set;

/**
 * One line of a statement's condition.
 *
 * @param values what the policy allows
 */
public record Condition(Operator operator, String key, List<String> values) {

    /** The keys that {@link Accesses} puts into requests, and those of a mount. */
    private static final Set<String> KEYS =
            Set.of(
                    "aws:SecureTransport",
                    "aws:TagKeys",
                    "aws:ViaAWSService",
                    "ec2:CreateAction",
                    "ecs:CreateAction",
                    "ecs:cluster",
                    "elasticfilesystem:AccessPointArn",
                    "elasticfilesystem:AccessedViaMountTarget",
                    "elasticfilesystem:CreateAction",
                    "events:source",
                    "iam:PassedToService",
                    "lambda:SourceFunctionArn",
                    "s3files:AccessPointArn");

    /**
     * A condition on a key that requests have here.
     *
     * @throws IllegalArgumentException where nobody would ever give the key a value
     */
    public Condition {
        var tag = key.startsWith("aws:ResourceTag/") || key.startsWith("aws:RequestTag/");
        if (!tag && !KEYS.contains(key)) {
            throw new IllegalArgumentException("condition key " + key);
        }
    }

    boolean holds(Access access) {
        return operator.holds(values, access.values(key));
    }
}
