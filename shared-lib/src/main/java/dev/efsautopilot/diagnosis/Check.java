package dev.efsautopilot.diagnosis;

import java.util.Locale;

/**
 * What is checked, in the order in which a mount can fail: of two that are broken the first is the
 * cause.
 */
public enum Check {
    /** The task definition has the volumes that its tags ask for. */
    VOLUMES,
    /**
     * Launch type, platform version, network mode and operating system can mount EFS or S3 Files.
     */
    PLATFORM,
    /** What the agent needs before a container starts has a task execution role. */
    EXECUTION_ROLE,
    /** The volume's flags do not contradict each other. */
    VOLUME_FLAGS,
    /** The container instance's agent can mount with TLS, IAM and access points. */
    INSTANCE_CAPABILITY,
    /** The file system is there and available. */
    FILE_SYSTEM,
    /** The file system has an available mount target in the task's zone. */
    MOUNT_TARGET,
    /** The VPC resolves the file system's name. */
    VPC_DNS,
    /** The name servers of the VPC's interfaces know the file system's name. */
    RESOLVER,
    /** The task's security groups let NFS out. */
    SECURITY_GROUPS_OUT,
    /** The mount target's security groups let the task in. */
    SECURITY_GROUPS_IN,
    /** The subnets' network ACLs let NFS and its answers through. */
    NETWORK_ACLS,
    /** No route between the subnets leads into nothing. */
    ROUTES,
    /** The access point is there, of that file system, and available. */
    ACCESS_POINT,
    /** The file system's policy and the task role let it be mounted. */
    PERMISSIONS,
    /** The directory belongs to whom the containers work as. */
    DIRECTORY_OWNER,
    /** The file system is not too slow to be used. */
    THROUGHPUT,
    /** Why the task stopped, in AWS's words and decoded: an effect of what is broken above. */
    STOP_REASON,
    /** The file system's owner lets this software repair what is broken. */
    OWNER_OPT_IN;

    /**
     * The check with this name in answers.
     *
     * @throws IllegalArgumentException where there is none
     */
    static Check of(String word) {
        return valueOf(word.toUpperCase(Locale.ROOT).replace('-', '_'));
    }

    /** Its name in answers, e.g. {@code mount-target}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
