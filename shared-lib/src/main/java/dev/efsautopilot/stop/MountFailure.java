package dev.efsautopilot.stop;

import static dev.efsautopilot.stop.StopCause.ACCESS_DENIED;
import static dev.efsautopilot.stop.StopCause.ACCESS_POINT_MISSING;
import static dev.efsautopilot.stop.StopCause.CONNECTION_RESET;
import static dev.efsautopilot.stop.StopCause.CREDENTIALS_MISSING;
import static dev.efsautopilot.stop.StopCause.DIRECTORY_MISSING;
import static dev.efsautopilot.stop.StopCause.DNS;
import static dev.efsautopilot.stop.StopCause.FILE_SYSTEM_MISSING;
import static dev.efsautopilot.stop.StopCause.MOUNT_FAILED;
import static dev.efsautopilot.stop.StopCause.MOUNT_TARGET_MISSING;
import static dev.efsautopilot.stop.StopCause.MOUNT_TARGET_NOT_READY;
import static dev.efsautopilot.stop.StopCause.NFS_BLOCKED;
import static dev.efsautopilot.stop.StopCause.TLS_REQUIRED;
import static dev.efsautopilot.stop.StopCause.VOLUME_TIMEOUT;

import java.util.List;
import java.util.Optional;

/**
 * What a failed mount says. The words come from efs-utils ({@code mount_efs}, {@code
 * efs_utils_common}) and from {@code mount.nfs4}; Fargate wraps them in "failed to invoke EFS utils
 * commands to set up EFS volumes", the EC2 agent's volume plugin in "mounting volume failed".
 */
public final class MountFailure {

    /** How a mount failure is wrapped: any one of these makes the text one. */
    private static final List<Rule> WRAPPERS =
            List.of(
                    Rule.of(MOUNT_FAILED, "EFS utils command"),
                    Rule.of(MOUNT_FAILED, "mounting volume failed"),
                    Rule.of(MOUNT_FAILED, "VolumeDriver."),
                    Rule.of(MOUNT_FAILED, "mount.nfs"),
                    Rule.of(MOUNT_FAILED, "mount -t efs"),
                    Rule.of(MOUNT_FAILED, "CannotCreateVolumeError", "efs"),
                    Rule.of(MOUNT_FAILED, "CannotCreateVolumeError", "nfs"),
                    Rule.of(VOLUME_TIMEOUT, "CannotCreateVolumeError", "timed out"));

    /** First match wins. A name that resolved to nothing is told before its consequences. */
    private static final List<Rule> CAUSES =
            List.of(
                    // efs_utils_common/metadata.py and dns_resolver.py: the API's answer by name
                    Rule.of(ACCESS_POINT_MISSING, "access point", "does not exist"),
                    Rule.of(ACCESS_POINT_MISSING, "AccessPointNotFound"),
                    Rule.of(FILE_SYSTEM_MISSING, "FileSystemNotFound"),
                    Rule.of(FILE_SYSTEM_MISSING, "file system", "does not exist"),
                    Rule.of(MOUNT_TARGET_NOT_READY, "available state yet"),
                    Rule.of(MOUNT_TARGET_NOT_READY, "please retry in 5 minutes"),
                    Rule.of(MOUNT_TARGET_MISSING, "Cannot find mount target"),
                    Rule.of(MOUNT_TARGET_MISSING, "No matching mount target"),
                    Rule.of(NFS_BLOCKED, "Cannot connect to file system mount target"),
                    Rule.of(DNS, "Failed to resolve \"fs-"),
                    Rule.of(DNS, "Failed to resolve", "file system ID is correct"),
                    Rule.of(DNS, "Name or service not known"),
                    // mount_options.py: what the task definition must not combine
                    Rule.of(TLS_REQUIRED, "\"tls\" option is required"),
                    // credentials of the task role
                    Rule.of(CREDENTIALS_MISSING, "AWS Access Key ID", "not found"),
                    Rule.of(CREDENTIALS_MISSING, "retrieval of AWS security credentials"),
                    // mount.nfs4 itself
                    Rule.of(ACCESS_DENIED, "access denied by server"),
                    Rule.of(ACCESS_DENIED, "Operation not permitted"),
                    Rule.of(ACCESS_DENIED, "Permission denied"),
                    Rule.of(DIRECTORY_MISSING, "No such file or directory"),
                    Rule.of(CONNECTION_RESET, "Connection reset by peer"),
                    Rule.of(NFS_BLOCKED, "due to timeout"),
                    Rule.of(NFS_BLOCKED, "Connection timed out"),
                    Rule.of(NFS_BLOCKED, "Connection refused"),
                    Rule.of(NFS_BLOCKED, "No route to host"),
                    Rule.of(NFS_BLOCKED, "exited with code 32", "timed out"),
                    Rule.of(VOLUME_TIMEOUT, "timed out"),
                    Rule.of(VOLUME_TIMEOUT, "deadline exceeded"));

    private MountFailure() {}

    /**
     * The cause in this text; empty where the text is about no mount of a network file system.
     *
     * @param text AWS's words, {@code stoppedReason} or a container's {@code reason}
     */
    public static Optional<StopCause> decode(String text) {
        return Rule.first(WRAPPERS, text).map(wrapper -> Rule.first(CAUSES, text).orElse(wrapper));
    }
}
