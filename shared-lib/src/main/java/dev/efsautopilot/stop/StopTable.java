package dev.efsautopilot.stop;

import static dev.efsautopilot.stop.StopCause.*;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The table of causes: what AWS says when a task stops, and what it means. First match wins, from
 * top to bottom. A fragment is AWS's own words in any case; all fragments of a row must be there.
 *
 * <p>Sources: "Amazon ECS stopped tasks error messages" of the Amazon ECS Developer Guide with the
 * page of each category, "API failure reasons" there, the errors of aws/amazon-ecs-agent ({@code
 * agent/dockerclient/dockerapi/errors.go}), the transient lists of Dagster and Airflow, and the
 * threads that the test's cases name.
 */
final class StopTable {

    /** What {@code stoppedReason} begins with when the host went away, whatever the stop code. */
    private static final List<Rule> HOST =
            List.of(
                    Rule.of(HOST_TERMINATED, "Host EC2 (instance ", "terminated"),
                    Rule.of(HOST_TERMINATED, "Host EC2 (instance ", "stopped"),
                    Rule.of(HOST_TERMINATED, "Host EC2 terminated"),
                    Rule.of(HOST_DEREGISTERED, "Container instance deregistration forced"),
                    Rule.of(SPOT_INTERRUPTION, "Your Spot Task was interrupted"),
                    Rule.of(RETIREMENT, "ECS is performing maintenance on the underlying"),
                    Rule.of(RETIREMENT, "Amazon ECS is performing maintenance"));

    /** What the scheduler says it stopped a task for. */
    private static final List<Rule> SCHEDULED =
            List.of(
                    Rule.of(SCALING, "Scaling activity initiated by"),
                    Rule.of(RETIREMENT, "Service ", "ECS is performing maintenance on the"),
                    Rule.of(HEALTH_CHECK, "Task failed ELB health checks"),
                    Rule.of(HEALTH_CHECK, "Task failed container health checks"),
                    Rule.of(DEPLOYMENT, "deployment"));

    /** A stop by a user where the stop code is missing. */
    private static final List<Rule> USERS =
            List.of(Rule.of(USER, "Task stopped by user"), Rule.of(USER, "Stopped by user"));

    /** What no attempt can cure. */
    private static final List<Rule> HOPELESS =
            List.of(
                    Rule.of(IMAGE_PLATFORM, "exec format error"),
                    Rule.of(IMAGE_PLATFORM, "CannotPull", "does not contain descriptor matching"),
                    Rule.of(IMAGE_PLATFORM, "CannotPull", "no matching manifest"),
                    Rule.of(IMAGE_PLATFORM, "CannotPull", "find a descriptor for platform"),
                    Rule.of(IMAGE_TOO_LARGE, "no space left on device"),
                    Rule.of(IMAGE_DENIED, "AccessDenied", "ecr:"),
                    Rule.of(IMAGE_DENIED, "AccessDenied", "retrieve ecr registry auth"),
                    Rule.of(SECRET_MISSING, "ResourceNotFoundException", "retrieve secret"),
                    Rule.of(SECRET_MISSING, "can't retrieve the secret"),
                    Rule.of(SECRET_MISSING, "invalid ssm parameters"),
                    Rule.of(SECRET_MISSING, "ssm", "invalid parameters"),
                    Rule.of(SECRET_MISSING, "secretsmanager", "did not find"),
                    Rule.of(SECRET_MISSING, "retrieved secret", "did not contain json key"),
                    Rule.of(SECRET_DENIED, "AccessDenied", "retrieve secret"),
                    Rule.of(SECRET_DENIED, "AccessDenied", "registry auth from asm"),
                    Rule.of(SECRET_DENIED, "AccessDenied", "kms:Decrypt"),
                    Rule.of(EXECUTION_ROLE, "unable to assume the role"),
                    Rule.of(
                            EXECUTION_ROLE,
                            "unable to assume the configured ECS Infrastructure Role"),
                    Rule.of(EXECUTION_ROLE, "unable to assume the service linked role"),
                    Rule.of(EXECUTION_ROLE, "unable to get ECR access", "credential"),
                    Rule.of(IMAGE_MISSING, "CannotPull", "Check whether the image exists"),
                    Rule.of(IMAGE_DENIED, "CannotPull", "Check that the role has the permissions"),
                    Rule.of(IMAGE_DENIED, "CannotPull", "pull access denied"),
                    Rule.of(IMAGE_DENIED, "CannotPull", "denied"),
                    Rule.of(IMAGE_DENIED, "CannotPull", "403 Forbidden"),
                    Rule.of(IMAGE_DENIED, "CannotPull", "unauthorized"),
                    Rule.of(IMAGE_DENIED, "CannotPull", "no basic auth credentials"),
                    Rule.of(IMAGE_MISSING, "CannotPull", "not found"),
                    Rule.of(IMAGE_MISSING, "CannotPull", "manifest unknown"),
                    Rule.of(IMAGE_MISSING, "CannotPull", "does not exist"),
                    Rule.of(IMAGE_MISSING, "CannotPull", "invalid reference format"),
                    Rule.of(IMAGE_MISSING, "CannotPullImageManifest", "not found"),
                    Rule.of(LOGGING, "log group does not exist"),
                    Rule.of(LOGGING, "logging driver", "ResourceNotFoundException"),
                    Rule.of(LOGGING, "logging driver", "AccessDenied"),
                    Rule.of(BAD_COMMAND, "executable file not found"),
                    Rule.of(BAD_COMMAND, "exec: ", "no such file"),
                    Rule.of(BAD_COMMAND, "exec: ", "permission denied"),
                    Rule.of(BAD_COMMAND, "unable to spawn", "exec"),
                    Rule.of(BAD_COMMAND, "no command specified"),
                    Rule.of(BAD_COMMAND, "starting container process", "no such file"),
                    Rule.of(BAD_DEFINITION, "error gathering device information"),
                    Rule.of(BAD_DEFINITION, "not compatible with the selected compute strategy"),
                    Rule.of(BAD_DEFINITION, "port is already allocated"),
                    Rule.of(BAD_DEFINITION, "invalid mount config"),
                    Rule.of(BAD_DEFINITION, "not a directory"),
                    Rule.of(BAD_DEFINITION, "unable to find user"),
                    Rule.of(BAD_DEFINITION, "no matching entries in passwd file"),
                    Rule.of(BAD_DEFINITION, "Minimum memory limit allowed"),
                    Rule.of(BAD_DEFINITION, "Minimum memory reservation"));

    /** What the next attempt may not meet. */
    private static final List<Rule> TRANSIENT =
            List.of(
                    Rule.of(PULL_THROTTLED, "CannotPull", "toomanyrequests"),
                    Rule.of(PULL_THROTTLED, "CannotPull", "429 Too Many"),
                    Rule.of(PULL_THROTTLED, "CannotPull", "rate limit"),
                    Rule.of(PULL_THROTTLED, "CannotPull", "Rate exceeded"),
                    Rule.of(PULL_THROTTLED, "CannotPull", "ThrottlingException"),
                    Rule.of(PULL_THROTTLED, "ecr", "ThrottlingException"),
                    Rule.of(PULL_TIMEOUT, "CannotPull", "timeout"),
                    Rule.of(PULL_TIMEOUT, "CannotPull", "deadline exceeded"),
                    Rule.of(PULL_TIMEOUT, "CannotPull", "request canceled"),
                    Rule.of(PULL_TIMEOUT, "CannotPull", "connection reset"),
                    Rule.of(PULL_TIMEOUT, "CannotPull", "connection issue"),
                    Rule.of(PULL_TIMEOUT, "CannotPull", "Check your network"),
                    Rule.of(PULL_TIMEOUT, "CannotPull", "context canceled"),
                    Rule.of(PULL_TIMEOUT, "CannotPull", "Could not reach any registry"),
                    Rule.of(PULL_TIMEOUT, "CannotPull", "dial tcp: lookup"),
                    Rule.of(PULL_TIMEOUT, "CannotPull", "nil pointer dereference"),
                    Rule.of(PULL_TIMEOUT, "CannotPull", ": EOF"),
                    Rule.of(PULL_TIMEOUT, "CannotPull", "invalid argument"),
                    Rule.of(PULL_TIMEOUT, "CannotPull", "500 Internal Server Error"),
                    Rule.of(PULL_TIMEOUT, "CannotPull", "502 Bad Gateway"),
                    Rule.of(PULL_TIMEOUT, "CannotPull", "503 Service Unavailable"),
                    Rule.of(NETWORK_INTERFACE, "network interface provisioning"),
                    Rule.of(NETWORK_INTERFACE, "Unexpected EC2 error", "Network Interface"),
                    Rule.of(NETWORK_INTERFACE, "Network Interface", "attach"),
                    Rule.of(NETWORK_INTERFACE, "error configuring task networking"),
                    Rule.of(NETWORK_INTERFACE, "failed to setup network"),
                    Rule.of(NETWORK_INTERFACE, "task network namespace"),
                    Rule.of(EPHEMERAL_STORAGE, "EphemeralStorage provisioning"),
                    Rule.of(BLOCK_VOLUME, "EBS volume"),
                    Rule.of(SERVICE_DISCOVERY, "Service Discovery instance could not"),
                    Rule.of(CAPACITY, "Capacity is unavailable"),
                    Rule.of(CAPACITY, "ran out of capacity"),
                    Rule.of(CAPACITY, "insufficient capacity"),
                    Rule.of(AGENT_LOST, "agent disconnected"),
                    Rule.of(AGENT_LOST, "agent", "lost connection"),
                    Rule.of(AGENT_LOST, "AgentError"),
                    Rule.of(INIT_TIMEOUT, "ResourceInitializationError", "timeout"),
                    Rule.of(INIT_TIMEOUT, "ResourceInitializationError", "deadline exceeded"),
                    Rule.of(INIT_TIMEOUT, "ResourceInitializationError", "context deadli"),
                    Rule.of(INIT_TIMEOUT, "ResourceInitializationError", "RequestCanceled"),
                    Rule.of(INIT_TIMEOUT, "ResourceInitializationError", "send request failed"),
                    Rule.of(INIT_TIMEOUT, "ResourceInitializationError", "ThrottlingException"),
                    Rule.of(INIT_TIMEOUT, "ResourceInitializationError", "connection issue"),
                    Rule.of(INIT_TIMEOUT, "ResourceInitializationError", "Check your network"),
                    Rule.of(INIT_TIMEOUT, "ResourceInitializationError", "signal: killed"),
                    Rule.of(RUNTIME_TIMEOUT, "DockerTimeoutError"),
                    Rule.of(RUNTIME_TIMEOUT, "ContainerRuntimeTimeoutError"),
                    Rule.of(RUNTIME_TIMEOUT, "CannotInspectContainerError"),
                    Rule.of(RUNTIME_TIMEOUT, "CannotStopContainerError"),
                    Rule.of(RUNTIME_TIMEOUT, "Could not transition to"),
                    Rule.of(RUNTIME_TIMEOUT, "failed to create", "deadline exceeded"));

    /** What is left of an error whose details, above, say nothing more. */
    private static final List<Rule> OTHERWISE =
            List.of(
                    Rule.of(ENVIRONMENT_FILE, "failed to download env files"),
                    Rule.of(LOGGING, "failed to validate logger args"),
                    Rule.of(LOGGING, "failed to initialize logging driver"),
                    Rule.of(OUT_OF_MEMORY, "OutOfMemory"),
                    Rule.of(OUT_OF_MEMORY, "OOM-killed"));

    /**
     * {@code failures[].reason} of a RunTask that answered 200, and what tasks that wait for a
     * capacity provider stop with ("API failure reasons").
     */
    private static final List<Rule> FAILURES =
            List.of(
                    Rule.of(CAPACITY, "RESOURCE:"),
                    Rule.of(CAPACITY, "RESOURCE"),
                    Rule.of(CAPACITY, "Capacity is unavailable"),
                    Rule.of(CAPACITY, "EMPTY CAPACITY PROVIDER"),
                    Rule.of(CAPACITY, "NO ACTIVE INSTANCES"),
                    Rule.of(CAPACITY, "No Container Instances were found"),
                    Rule.of(AGENT_LOST, "AGENT"),
                    Rule.of(PLACEMENT, "ATTRIBUTE"),
                    Rule.of(PLACEMENT, "LOCATION"),
                    Rule.of(PLACEMENT, "MemberOf"),
                    Rule.of(CLUSTER_MISSING, "MISSING"),
                    Rule.of(CLUSTER_MISSING, "INACTIVE"));

    private static final Pattern UNPLACED =
            Pattern.compile("(TaskFailedToStart: )?([A-Z][A-Z: ]+|MemberOf .*)");

    /** What a container exits with when it was told to stop: 128 + SIGTERM, 128 + SIGKILL. */
    private static final Set<Integer> STOPPED_BY_SIGNAL = Set.of(143, 137);

    private StopTable() {}

    /** Why a task stopped. */
    static StopCause cause(Stop stop) {
        return Rule.firstAtStart(HOST, stop.stoppedReason())
                .or(() -> byCode(stop))
                .or(() -> Rule.firstAtStart(SCHEDULED, stop.stoppedReason()))
                .or(() -> Rule.firstAtStart(USERS, stop.stoppedReason()))
                .or(() -> byFailure(stop.stoppedReason()))
                .or(() -> byWords(stop.words()))
                .or(() -> byExitCodes(stop.exitCodes()))
                .orElse(UNKNOWN);
    }

    /** Why RunTask started nothing. */
    static StopCause ofFailure(String reason) {
        return Rule.first(FAILURES, reason).or(() -> byWords(reason)).orElse(UNKNOWN);
    }

    /** Stop codes that settle it: a user's own words must not be read as AWS's. */
    private static Optional<StopCause> byCode(Stop stop) {
        return switch (stop.stopCode()) {
            case "SpotInterruption", "TerminationNotice" -> Optional.of(SPOT_INTERRUPTION);
            case "InfrastructureHealth" -> Optional.of(INFRASTRUCTURE_HEALTH);
            case "UserInitiated" -> Optional.of(USER);
            case "ServiceSchedulerInitiated" ->
                    Rule.first(SCHEDULED, stop.stoppedReason()).or(() -> Optional.of(SCHEDULER));
            default -> Optional.empty();
        };
    }

    private static Optional<StopCause> byWords(String words) {
        return MountFailure.decode(words)
                .or(() -> Rule.first(HOPELESS, words))
                .or(() -> Rule.first(TRANSIENT, words))
                .or(() -> Rule.first(OTHERWISE, words));
    }

    /** A task that was never placed says so in the words of RunTask's failures alone. */
    private static Optional<StopCause> byFailure(String reason) {
        return UNPLACED.matcher(reason.strip()).matches()
                ? Rule.first(FAILURES, reason)
                : Optional.empty();
    }

    /**
     * When one essential container exits, ECS stops the others: their 143 or 137 is the
     * consequence, not the cause.
     */
    private static Optional<StopCause> byExitCodes(Set<Integer> codes) {
        if (codes.isEmpty()) {
            return Optional.empty();
        }
        var failed =
                codes.stream().anyMatch(code -> code != 0 && !STOPPED_BY_SIGNAL.contains(code));
        return Optional.of(!failed && codes.contains(0) ? EXIT_ZERO : EXIT_CODE);
    }
}
