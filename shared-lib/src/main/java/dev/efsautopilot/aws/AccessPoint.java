package dev.efsautopilot.aws;

import java.util.Map;
import java.util.Optional;

/**
 * An EFS access point that exists.
 *
 * @param id {@code fsap-…}
 * @param arn its ARN
 * @param state {@code LifeCycleState}: creating, available, updating, deleting, deleted, error
 * @param root what it shows and as whom
 * @param enforcesUser whether every access is made as the root's user, whoever the client is
 * @param creation whose the directory becomes when it is made ({@code CreationInfo}); empty where
 *     it must be there
 * @param tags its tags
 */
public record AccessPoint(
        String id,
        String arn,
        String state,
        AccessPointRoot root,
        boolean enforcesUser,
        Optional<Owner> creation,
        Map<String, String> tags) {

    /**
     * Whose a directory is.
     *
     * @param uid POSIX user
     * @param gid POSIX group
     * @param mode three or four octal digits
     */
    public record Owner(long uid, long gid, String mode) {}
}
