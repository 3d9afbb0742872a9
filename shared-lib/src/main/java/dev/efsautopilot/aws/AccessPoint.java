package dev.efsautopilot.aws;

import java.util.Map;

/**
 * An EFS access point that exists.
 *
 * @param id {@code fsap-…}
 * @param arn its ARN
 * @param state {@code LifeCycleState}: creating, available, updating, deleting, deleted, error
 * @param root what it shows and as whom
 * @param tags its tags
 */
public record AccessPoint(
        String id, String arn, String state, AccessPointRoot root, Map<String, String> tags) {}
