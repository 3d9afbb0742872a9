package dev.efsautopilot.network;

import dev.efsautopilot.plan.Step;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

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
     * @param mountTargetId the mount target
     * @param mountTargetGroup the group that gets the rule
     * @param otherGroups the mount target's other groups, tried in turn where that one is full;
     *     where all are, one is made
     * @param taskGroup whom it lets in
     * @param description at most 255 characters
     * @param tags the rule's own tags
     */
    record AuthorizeIngress(
            String fileSystemId,
            String mountTargetId,
            String mountTargetGroup,
            List<String> otherGroups,
            String taskGroup,
            String description,
            Map<String, String> tags,
            String why)
            implements NfsStep {

        AuthorizeIngress on(String group) {
            return new AuthorizeIngress(
                    fileSystemId,
                    mountTargetId,
                    group,
                    List.of(),
                    taskGroup,
                    description,
                    tags,
                    why);
        }

        /** The groups that may get the rule, in the order in which they are tried. */
        List<String> groups() {
            return all(mountTargetGroup, otherGroups);
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

        /** The groups that may get the rule, in the order in which they are tried. */
        List<String> groups() {
            return all(taskGroup, otherGroups);
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

    /**
     * Gives the mount target one more group, made for its file system. That all others are full
     * shows when they refuse a rule, so this is done and told, and never planned.
     *
     * @param group the group that it is given
     */
    record AttachGroup(String fileSystemId, String mountTargetId, String group, String why)
            implements NfsStep {}

    private static List<String> all(String first, List<String> others) {
        return Stream.concat(Stream.of(first), others.stream()).toList();
    }
}
