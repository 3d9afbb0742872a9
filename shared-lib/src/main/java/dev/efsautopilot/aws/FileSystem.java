package dev.efsautopilot.aws;

import java.util.Map;
import java.util.Optional;

/**
 * An EFS file system.
 *
 * @param id {@code fs-…}
 * @param arn its ARN
 * @param state {@code LifeCycleState}: creating, available, updating, deleting, deleted, error
 * @param availabilityZone the only zone of a One Zone file system; empty for a Regional one
 * @param throughput {@code ThroughputMode}: bursting, provisioned or elastic
 * @param tags its tags
 */
public record FileSystem(
        String id,
        String arn,
        String state,
        Optional<String> availabilityZone,
        String throughput,
        Map<String, String> tags) {

    /** The tag with which its owner opts in: the path prefixes that tasks may get. */
    public static final String ALLOW = "efs-autopilot/allow";

    /** What its owner allows; empty where the owner did not opt in. */
    public Optional<String> allow() {
        return Optional.ofNullable(tags.get(ALLOW));
    }
}
