package dev.efsautopilot.diagnosis;

import com.fasterxml.jackson.databind.JsonNode;
import dev.efsautopilot.json.Json;
import dev.efsautopilot.stop.Stop;
import dev.efsautopilot.stop.StopCause;
import dev.efsautopilot.task.Task;
import java.util.Optional;

/** What AWS said when the task stopped, decoded. */
final class StopCheck {

    private StopCheck() {}

    /** Empty while the task runs. */
    static Optional<Finding> of(Task task, Fact<JsonNode> definition) {
        return cause(task, definition).map(cause -> of(task, cause));
    }

    /** Why the task stopped; empty while it runs. */
    static Optional<StopCause> cause(Task task, Fact<JsonNode> definition) {
        return task.lastStatus().equals("STOPPED")
                ? Optional.of(Stop.of(task, definition(definition)).cause())
                : Optional.empty();
    }

    private static Finding of(Task task, StopCause cause) {
        var said = cause.word() + ", " + cause.meaning() + ": " + task.stoppedReason();
        return switch (cause.stopClass()) {
            case DONE, WANTED -> Finding.ok(Check.STOP_REASON, said);
            case UNKNOWN -> Finding.unknown(Check.STOP_REASON, said);
            case STORAGE -> Finding.broken(Check.STOP_REASON, said, storage(cause));
            case INFRASTRUCTURE ->
                    Finding.broken(
                            Check.STOP_REASON,
                            said,
                            "run it again; automatic with the tag efs-autopilot/rerun");
            case APPLICATION, OUT_OF_MEMORY, HOPELESS ->
                    Finding.broken(
                            Check.STOP_REASON,
                            said,
                            "not about EFS: correct the image, its command, its memory or"
                                    + " the task definition");
        };
    }

    private static JsonNode definition(Fact<JsonNode> definition) {
        return definition instanceof Fact.Known<JsonNode>(var described)
                ? described.path("taskDefinition")
                : Json.MAPPER.missingNode();
    }

    /** What no other check can see: permissions, directories, races. */
    private static String storage(StopCause cause) {
        return switch (cause) {
            case ACCESS_DENIED ->
                    "allow the task role elasticfilesystem:ClientMount and ClientWrite, in its own"
                            + " policy and in the file system's: aws efs describe-file-system-policy";
            case CREDENTIALS_MISSING -> "give the task definition a taskRoleArn";
            case DIRECTORY_MISSING ->
                    "make the directory, or mount an access point with CreationInfo: tag the task"
                            + " definition with efs-autopilot/volume/<name>";
            default -> "repair what is broken above; where all is fine, run it again";
        };
    }
}
