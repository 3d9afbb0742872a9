package dev.efsautopilot.local.status;

import java.util.List;

/**
 * A file system and those who have it mounted.
 *
 * @param fileSystem its id, or the ARN of one of S3 Files
 * @param name its Name tag; "" without one
 * @param allow what its owner allows by the tag {@code efs-autopilot/allow}; "" without it
 * @param uses by access point, then by task definition
 */
public record Storage(String fileSystem, String name, String allow, List<Use> uses) {

    /**
     * One task definition that mounts it.
     *
     * @param accessPoint its id; "" where the directory itself is mounted
     * @param path the directory, as far as it is known
     * @param taskDefinition {@code family:revision}
     * @param volume the volume's name in it
     * @param cluster the cluster's name
     * @param tasks how many of its tasks run there
     * @param services the names of the services that run it there
     */
    public record Use(
            String accessPoint,
            String path,
            String taskDefinition,
            String volume,
            String cluster,
            long tasks,
            List<String> services) {}
}
