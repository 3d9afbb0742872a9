package dev.efsautopilot.local.policy;

import java.util.List;
import java.util.Map;

/** What the services know of a resource when they authorize a call. */
interface Lookups {

    /** The tags of an EFS file system or access point, or of a role, by its ARN. */
    Map<String, String> tags(String arn);

    /** The id of a mount target's file system, {@code *} where there is none. */
    String fileSystem(String mountTargetId);

    /** The roles that a task definition gives to its tasks: task role and execution role. */
    List<String> roles(String taskDefinition);
}
