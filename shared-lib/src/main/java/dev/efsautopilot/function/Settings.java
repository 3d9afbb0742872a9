package dev.efsautopilot.function;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The stack's parameters as the functions' environment carries them, read once.
 *
 * @param stackName the stack, which names what it makes
 * @param region where it runs
 * @param ledgerTable the DynamoDB table
 * @param busName where our events go
 * @param defaultFileSystem for tags without {@code fs=}
 * @param defaultRerun the re-run policy of task definitions without the tag; {@code off} by default
 * @param scheduleGroup the group of the one-off schedules
 * @param scheduleRoleArn the role that EventBridge Scheduler takes to wake task-rerun
 * @param rerunFunctionArn the alias that one-off schedules wake
 * @param deadLettersArn the queue of what no function could take
 * @param manageEgress whether closed egress of a task's group may be opened to NFS
 * @param createMountTargets whether a zone without a mount target gets one
 * @param uidRange what {@code uid=auto} chooses from
 * @param accessPointTags what every access point has besides its own tags
 * @param s3FileSystems the ARNs of the S3 Files file systems that tasks may get
 * @param manageTaskRoles whether roles that opted in may be given what their mounts need
 * @param deleteAccessPoints whether access points that nothing uses any more may be deleted
 * @param retention how long what is unused stays before the sweep removes it
 * @param endpoint where AWS is; empty on AWS
 */
public record Settings(
        String stackName,
        String region,
        String ledgerTable,
        String busName,
        Optional<String> defaultFileSystem,
        String defaultRerun,
        String scheduleGroup,
        String scheduleRoleArn,
        String rerunFunctionArn,
        String deadLettersArn,
        boolean manageEgress,
        boolean createMountTargets,
        IdRange uidRange,
        Map<String, String> accessPointTags,
        Set<String> s3FileSystems,
        boolean manageTaskRoles,
        boolean deleteAccessPoints,
        Duration retention,
        Optional<URI> endpoint) {

    /**
     * A range of POSIX ids, both ends included.
     *
     * @param first 1 or more
     * @param last at least {@code first}, at most 4294967295 (API member {@code PosixUser.Uid})
     */
    public record IdRange(long first, long last) {}

    /**
     * Reads the environment.
     *
     * @throws IllegalArgumentException naming every variable that is wrong, all at once
     */
    public static Settings of(Map<String, String> environment) {
        var reader = new Variables(environment, new ArrayList<>());
        var settings =
                new Settings(
                        reader.text("STACK_NAME", "ecs-efs-autopilot"),
                        reader.text("AWS_REGION", ""),
                        reader.text("LEDGER_TABLE", ""),
                        reader.text("BUS_NAME", "default"),
                        Optional.of(reader.text("DEFAULT_FILE_SYSTEM", ""))
                                .filter(fileSystem -> !fileSystem.isEmpty()),
                        reader.text("DEFAULT_RERUN", "off"),
                        reader.text("SCHEDULE_GROUP", "default"),
                        reader.text("SCHEDULE_ROLE_ARN", ""),
                        reader.text("RERUN_FUNCTION_ARN", ""),
                        reader.text("DEAD_LETTERS_ARN", ""),
                        reader.flag("MANAGE_EGRESS", true),
                        reader.flag("CREATE_MOUNT_TARGETS", false),
                        reader.range("UID_RANGE", new IdRange(50000, 59999)),
                        reader.tags("ACCESS_POINT_TAGS"),
                        Set.copyOf(reader.words("S3_FILE_SYSTEMS")),
                        reader.flag("MANAGE_TASK_ROLES", false),
                        reader.flag("DELETE_ACCESS_POINTS", false),
                        reader.days("RETENTION_DAYS", 30),
                        Optional.of(reader.text("ENDPOINT_URL", ""))
                                .filter(url -> !url.isEmpty())
                                .map(URI::create));
        if (!reader.wrong().isEmpty()) {
            throw new IllegalArgumentException(
                    "wrong environment variables: " + String.join("; ", reader.wrong()));
        }
        return settings;
    }
}
