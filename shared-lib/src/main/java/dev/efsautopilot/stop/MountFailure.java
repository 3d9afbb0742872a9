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
 * What a failed mount says: one table, with who says it. To teach it new words, add a row, its line
 * on the page {@code docs/stop-reasons.md}, and a case to {@code stop-reasons.jsonl}.
 */
public final class MountFailure {

    private static final String METADATA = "efs-utils, efs_utils_common/metadata.py";
    private static final String RESOLVER = "efs-utils, mount_efs/dns_resolver.py";
    private static final String NETWORK = "efs-utils, efs_utils_common/network_utils.py";
    private static final String OPTIONS = "efs-utils, efs_utils_common/mount_options.py";
    private static final String CREDENTIALS = "efs-utils, efs_utils_common/aws_credentials.py";
    private static final String MOUNT = "efs-utils, efs_utils_common/mount_utils.py";
    private static final String NFS = "nfs-utils, utils/mount/error.c";
    private static final String LIBC = "glibc, strerror";
    private static final String NAMES = "glibc, gai_strerror";
    private static final String EFS = "Amazon EFS API Reference, errors";
    private static final String FARGATE = "Amazon ECS Developer Guide, stopped task errors";
    private static final String INIT = "amazon-ecs-agent, ecs-init/volumes";
    private static final String AGENT = "amazon-ecs-agent, agent/dockerclient/dockerapi/errors.go";
    private static final String GO = "Go, package context";
    private static final String DOCKER = "Docker, volume plugin API";

    /**
     * One row.
     *
     * @param rule the words and what they mean
     * @param source who writes them
     */
    record Row(Rule rule, String source) {

        private static Row of(StopCause cause, String source, String... fragments) {
            return new Row(Rule.of(cause, fragments), source);
        }
    }

    /** How a mount failure is wrapped: any one of these makes the text one. */
    static final List<Row> WRAPPERS =
            List.of(
                    Row.of(MOUNT_FAILED, FARGATE, "EFS utils command"),
                    Row.of(MOUNT_FAILED, INIT, "mounting volume failed"),
                    Row.of(MOUNT_FAILED, INIT, "failed to mount volume"),
                    Row.of(MOUNT_FAILED, DOCKER, "VolumeDriver."),
                    Row.of(MOUNT_FAILED, NFS, "mount.nfs"),
                    Row.of(MOUNT_FAILED, INIT, "mount -t efs"),
                    Row.of(MOUNT_FAILED, AGENT, "CannotCreateVolumeError", "efs"),
                    Row.of(MOUNT_FAILED, AGENT, "CannotCreateVolumeError", "nfs"),
                    Row.of(VOLUME_TIMEOUT, AGENT, "CannotCreateVolumeError", "timed out"));

    /** First match wins. A name that resolved to nothing is told before its consequences. */
    static final List<Row> CAUSES =
            List.of(
                    Row.of(ACCESS_POINT_MISSING, EFS, "access point", "does not exist"),
                    Row.of(ACCESS_POINT_MISSING, EFS, "AccessPointNotFound"),
                    Row.of(ACCESS_POINT_MISSING, OPTIONS, "Access Point ID", "is malformed"),
                    Row.of(FILE_SYSTEM_MISSING, EFS, "FileSystemNotFound"),
                    Row.of(FILE_SYSTEM_MISSING, EFS, "file system", "does not exist"),
                    Row.of(FILE_SYSTEM_MISSING, METADATA, "The file system", "is not found"),
                    Row.of(MOUNT_TARGET_NOT_READY, METADATA, "available state yet"),
                    Row.of(NFS_BLOCKED, NETWORK, "Connection to the mount target", "timeout"),
                    Row.of(MOUNT_TARGET_NOT_READY, METADATA, "please retry in 5 minutes"),
                    Row.of(MOUNT_TARGET_MISSING, METADATA, "Cannot find mount target"),
                    Row.of(MOUNT_TARGET_MISSING, METADATA, "No matching mount target"),
                    Row.of(MOUNT_TARGET_MISSING, METADATA, "please create a new one in"),
                    Row.of(NFS_BLOCKED, RESOLVER, "Cannot connect to file system mount target"),
                    Row.of(DNS, RESOLVER, "Failed to resolve \"fs-"),
                    Row.of(DNS, RESOLVER, "Failed to resolve", "file system ID is correct"),
                    Row.of(DNS, RESOLVER, "mount target ip address cannot be found"),
                    Row.of(DNS, NAMES, "Name or service not known"),
                    Row.of(DNS, NAMES, "Temporary failure in name resolution"),
                    Row.of(TLS_REQUIRED, OPTIONS, "\"tls\" option is required"),
                    Row.of(CREDENTIALS_MISSING, CREDENTIALS, "AWS Access Key ID", "not found"),
                    Row.of(
                            CREDENTIALS_MISSING,
                            CREDENTIALS,
                            "retrieval of AWS security credentials"),
                    Row.of(
                            CREDENTIALS_MISSING,
                            CREDENTIALS,
                            "to retrieve AWS security credentials"),
                    Row.of(ACCESS_DENIED, NFS, "access denied by server"),
                    Row.of(ACCESS_DENIED, LIBC, "Operation not permitted"),
                    Row.of(ACCESS_DENIED, LIBC, "Permission denied"),
                    Row.of(DIRECTORY_MISSING, LIBC, "No such file or directory"),
                    Row.of(CONNECTION_RESET, LIBC, "Connection reset by peer"),
                    Row.of(NFS_BLOCKED, MOUNT, "due to timeout"),
                    Row.of(NFS_BLOCKED, LIBC, "Connection timed out"),
                    Row.of(NFS_BLOCKED, LIBC, "Connection refused"),
                    Row.of(NFS_BLOCKED, LIBC, "No route to host"),
                    Row.of(VOLUME_TIMEOUT, AGENT, "timed out"),
                    Row.of(VOLUME_TIMEOUT, GO, "deadline exceeded"));

    private MountFailure() {}

    /**
     * The cause in this text; empty where the text is about no mount of a network file system. What
     * is one, and says nothing that the table knows, is {@link StopCause#MOUNT_FAILED}.
     *
     * @param text AWS's words, {@code stoppedReason} or a container's {@code reason}
     */
    public static Optional<StopCause> decode(String text) {
        return first(WRAPPERS, text).map(wrapper -> first(CAUSES, text).orElse(wrapper));
    }

    private static Optional<StopCause> first(List<Row> table, String text) {
        return Rule.first(table.stream().map(Row::rule).toList(), text);
    }
}
