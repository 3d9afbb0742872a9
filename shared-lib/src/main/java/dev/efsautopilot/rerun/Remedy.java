package dev.efsautopilot.rerun;

import dev.efsautopilot.stop.StopCause;
import dev.efsautopilot.stop.StopClass;

/** What a person has to do where no re-run can help. */
final class Remedy {

    private Remedy() {}

    /** Whether no repair of ours can cure this storage cause. */
    static boolean onlyByHand(StopCause cause) {
        return switch (cause) {
            case DIRECTORY_MISSING,
                    TLS_REQUIRED,
                    CREDENTIALS_MISSING,
                    FILE_SYSTEM_MISSING,
                    ACCESS_POINT_MISSING ->
                    true;
            default -> false;
        };
    }

    static String of(StopCause cause) {
        return switch (cause) {
            case DIRECTORY_MISSING ->
                    "mount through an access point with creation info: the tag"
                            + " efs-autopilot/volume/<name> makes one";
            case TLS_REQUIRED ->
                    "set transitEncryption ENABLED in the volume, or use the volume tag";
            case CREDENTIALS_MISSING ->
                    "give the task definition a task role, or write iam=off in the volume tag";
            case ACCESS_DENIED ->
                    "allow elasticfilesystem:ClientMount to the task role, in its policy and in the"
                            + " file system's";
            case FILE_SYSTEM_MISSING, ACCESS_POINT_MISSING ->
                    "correct the volume of the task definition";
            case MOUNT_TARGET_MISSING ->
                    "create a mount target in the task's zone, or take that zone's subnet out of its"
                            + " launch";
            case DNS -> "turn on DNS hostnames and resolution in the VPC, and check the id";
            case IMAGE_MISSING, IMAGE_PLATFORM -> "correct the image of the task definition";
            case IMAGE_DENIED, SECRET_DENIED, EXECUTION_ROLE, ENVIRONMENT_FILE ->
                    "correct the permissions of the task execution role";
            case SECRET_MISSING -> "create the secret, or correct its ARN in the task definition";
            case LOGGING -> "create the log group, or allow the execution role to";
            case OUT_OF_MEMORY -> "raise the memory of the task definition";
            case UNKNOWN -> "read the task's stopped reason, and run it by hand";
            default ->
                    cause.stopClass() == StopClass.HOPELESS
                            ? "correct the task definition or the launch, then run it by hand"
                            : "ask for its diagnosis, then run it by hand";
        };
    }
}
