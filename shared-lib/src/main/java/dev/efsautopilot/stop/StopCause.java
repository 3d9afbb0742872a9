package dev.efsautopilot.stop;

import static dev.efsautopilot.stop.StopClass.APPLICATION;
import static dev.efsautopilot.stop.StopClass.DONE;
import static dev.efsautopilot.stop.StopClass.HOPELESS;
import static dev.efsautopilot.stop.StopClass.INFRASTRUCTURE;
import static dev.efsautopilot.stop.StopClass.STORAGE;
import static dev.efsautopilot.stop.StopClass.WANTED;

import java.util.Locale;

/** Why a task stopped: the closed set of causes, each of one class. */
public enum StopCause {
    SPOT_INTERRUPTION(INFRASTRUCTURE, "Spot took its host back"),
    HOST_TERMINATED(INFRASTRUCTURE, "its EC2 instance was stopped or terminated"),
    HOST_DEREGISTERED(INFRASTRUCTURE, "its container instance left the cluster"),
    RETIREMENT(INFRASTRUCTURE, "AWS retired or maintained the host under it"),
    INFRASTRUCTURE_HEALTH(INFRASTRUCTURE, "AWS found its host unhealthy"),
    AGENT_LOST(INFRASTRUCTURE, "the container agent lost its connection"),
    CAPACITY(INFRASTRUCTURE, "there was no capacity for it"),
    NETWORK_INTERFACE(INFRASTRUCTURE, "its network interface was not made in time"),
    EPHEMERAL_STORAGE(INFRASTRUCTURE, "its ephemeral storage was not made in time"),
    BLOCK_VOLUME(INFRASTRUCTURE, "its managed EBS volume was not attached in time"),
    PULL_THROTTLED(INFRASTRUCTURE, "the registry allowed no more pulls for now"),
    PULL_TIMEOUT(INFRASTRUCTURE, "the image's registry did not answer in time"),
    INIT_TIMEOUT(INFRASTRUCTURE, "secrets, registry or logs did not answer before the start"),
    SERVICE_DISCOVERY(INFRASTRUCTURE, "it could not be registered for service discovery"),
    RUNTIME_TIMEOUT(INFRASTRUCTURE, "the container runtime did not answer in time"),

    NFS_BLOCKED(STORAGE, "TCP 2049 to the mount target is closed"),
    DNS(STORAGE, "the file system's DNS name does not resolve"),
    MOUNT_TARGET_MISSING(STORAGE, "the file system has no mount target in its zone"),
    MOUNT_TARGET_NOT_READY(STORAGE, "the mount target is not available yet"),
    CONNECTION_RESET(STORAGE, "the connection to the mount target was reset, a known race"),
    ACCESS_DENIED(STORAGE, "IAM or the file system policy denies the mount"),
    DIRECTORY_MISSING(STORAGE, "the directory is not there on the file system"),
    TLS_REQUIRED(STORAGE, "the task definition needs transit encryption for this mount"),
    CREDENTIALS_MISSING(STORAGE, "the mount by IAM found no task role credentials"),
    ACCESS_POINT_MISSING(STORAGE, "the access point is not there"),
    FILE_SYSTEM_MISSING(STORAGE, "the file system is not there"),
    VOLUME_TIMEOUT(STORAGE, "the volume was not created in time"),
    MOUNT_FAILED(STORAGE, "the mount failed without saying why"),

    EXIT_CODE(APPLICATION, "an essential container exited with an error"),
    OUT_OF_MEMORY(StopClass.OUT_OF_MEMORY, "a container was killed for its memory"),
    EXIT_ZERO(DONE, "its essential containers exited with 0"),

    USER(WANTED, "somebody stopped it"),
    SCHEDULER(WANTED, "its service's scheduler stopped it"),
    DEPLOYMENT(WANTED, "a deployment replaced it"),
    SCALING(WANTED, "its service was scaled in"),
    HEALTH_CHECK(WANTED, "its service's scheduler found it unhealthy"),

    IMAGE_MISSING(HOPELESS, "the image does not exist"),
    IMAGE_DENIED(HOPELESS, "the image may not be pulled"),
    IMAGE_PLATFORM(HOPELESS, "the image is not for this operating system and processor"),
    IMAGE_TOO_LARGE(HOPELESS, "the host's disk is too small for the image"),
    SECRET_MISSING(HOPELESS, "a secret or parameter does not exist"),
    SECRET_DENIED(HOPELESS, "the execution role may not read a secret or parameter"),
    ENVIRONMENT_FILE(HOPELESS, "an environment file can't be read"),
    LOGGING(HOPELESS, "the log driver can't be set up"),
    EXECUTION_ROLE(HOPELESS, "the execution role can't be assumed"),
    BAD_COMMAND(HOPELESS, "the container's command can't be run"),
    BAD_DEFINITION(HOPELESS, "the task definition asks for what can't be"),
    PLACEMENT(HOPELESS, "no container instance has what the task definition asks for"),
    CLUSTER_MISSING(HOPELESS, "the cluster or the task definition is not active"),

    UNKNOWN(StopClass.UNKNOWN, "nothing that AWS said is in the table of causes");

    private final StopClass stopClass;
    private final String meaning;

    StopCause(StopClass stopClass, String meaning) {
        this.stopClass = stopClass;
        this.meaning = meaning;
    }

    /**
     * Why {@code RunTask} started nothing.
     *
     * @param reason {@code failures[].reason} of an answer with status 200
     */
    public static StopCause ofRunFailure(String reason) {
        return StopTable.ofFailure(reason);
    }

    /** The kind of end. */
    public StopClass stopClass() {
        return stopClass;
    }

    /** In words for the task's owner; the task is "it". */
    public String meaning() {
        return meaning;
    }

    /** The name in logs, events and answers, e.g. {@code spot-interruption}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
