package dev.efsautopilot.network;

import dev.efsautopilot.plan.Step;
import java.util.List;
import java.util.Map;

/**
 * What opens the way. No step has a port, an address or a protocol: a rule is always TCP 2049 from
 * one security group to another.
 */
public sealed interface NfsStep extends Step {

    /** The file system it opens the way to. */
    String fileSystemId();

    /**
     * Lets the task's group into the mount target's.
     *
     * @param mountTargetGroup the group that gets the rule
     * @param otherGroups the mount target's other groups, tried in turn where that one is full
     * @param taskGroup whom it lets in
     * @param description at most 255 characters
     * @param tags the rule's own tags
     */
    record AuthorizeIngress(
            String fileSystemId,
            String mountTargetGroup,
            List<String> otherGroups,
            String taskGroup,
            String description,
            Map<String, String> tags,
            String why)
            implements NfsStep {

        AuthorizeIngress on(String group) {
            return new AuthorizeIngress(
                    fileSystemId, group, List.of(), taskGroup, description, tags, why);
        }
    }

    /**
     * Lets the task's group out to the mount target's.
     *
     * @param taskGroup the group that gets the rule
     * @param otherGroups the task's other groups, tried in turn where that one is full
     * @param mountTargetGroup where it lets them go
     * @param description at most 255 characters
     * @param tags the rule's own tags
     */
    record AuthorizeEgress(
            String fileSystemId,
            String taskGroup,
            List<String> otherGroups,
            String mountTargetGroup,
            String description,
            Map<String, String> tags,
            String why)
            implements NfsStep {

        AuthorizeEgress on(String group) {
            return new AuthorizeEgress(
                    fileSystemId, group, List.of(), mountTargetGroup, description, tags, why);
        }
    }

    /**
     * Creates the zone's mount target.
     *
     * @param subnetId the task's subnet
     * @param securityGroups the groups of the file system's other mount targets
     */
    record CreateMountTarget(
            String fileSystemId, String subnetId, List<String> securityGroups, String why)
            implements NfsStep {}
}
