package dev.efsautopilot.rerun;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.efsautopilot.json.Json;
import dev.efsautopilot.launch.LaunchRecord;
import dev.efsautopilot.launch.LaunchRecords;
import dev.efsautopilot.plan.Refusal;
import dev.efsautopilot.plan.Result;
import dev.efsautopilot.task.Task;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The {@code RunTask} request that runs a stopped task the same way: from the ledger's record of
 * its launch, and from the task itself where the record does not say.
 */
final class LaunchRequest {

    /** What a task itself tells in full, its roles and commands among it, whatever a call said. */
    private static final List<String> OF_THE_TASK = List.of("overrides", "enableExecuteCommand");

    private LaunchRequest() {}

    /**
     * A request.
     *
     * @param request as {@code RunTask} takes it
     * @param differs what is, or may be, other than it was at first, in words
     */
    record Launch(ObjectNode request, List<String> differs) {}

    /**
     * The request; refused where it would be another launch than the first.
     *
     * @param remembered what the ledger knows of the launch
     * @param taskDefinition {@code taskDefinition} as it is described
     */
    static Result<Launch> of(
            Task stopped,
            JsonNode taskDefinition,
            Optional<LaunchRecord> remembered,
            String root,
            Attempt attempt) {
        var observed = LaunchRecords.observed(stopped, Optional.empty());
        var launch = remembered.map(known -> known.merge(observed)).orElse(observed);
        var request = launch.request().deepCopy();
        var gap = gap(request, launch.missing(), stopped, taskDefinition);
        if (gap.isPresent()) {
            return Result.refused(gap.get());
        }
        request.put("cluster", stopped.clusterArn());
        request.put("taskDefinition", stopped.taskDefinitionArn());
        OF_THE_TASK.forEach(field -> take(request, observed.request(), field));
        var differs = new ArrayList<>(launch.missing());
        if (Elsewhere.helps(request, stopped, attempt.cause())) {
            Elsewhere.choose(request, stopped);
            differs.add("not in " + stopped.subnetId().orElse("") + ", where it could not start");
        }
        request.put("count", 1);
        Mark.put(request, stopped, root, attempt);
        return Result.ok(new Launch(request, List.copyOf(differs)));
    }

    private static void take(ObjectNode request, ObjectNode observed, String field) {
        request.remove(field);
        if (observed.has(field)) {
            request.set(field, observed.path(field));
        }
    }

    private static Optional<Refusal> gap(
            ObjectNode request, List<String> missing, Task task, JsonNode taskDefinition) {
        var hidden = missing.stream().filter(what -> what.startsWith("overrides")).findFirst();
        if (hidden.isPresent()) {
            return Optional.of(unknown("overrides", hidden.get()));
        }
        var awsvpc =
                Json.text(taskDefinition, "networkMode").equals("awsvpc")
                        || task.subnetId().isPresent();
        if (awsvpc && !request.has("networkConfiguration")) {
            return Optional.of(
                    unknown(
                            "networkConfiguration",
                            "no event and no record tells its subnets and security groups"));
        }
        var configured =
                Json.list(taskDefinition, "volumes").stream()
                        .anyMatch(volume -> volume.path("configuredAtLaunch").asBoolean());
        if (configured && !request.has("volumeConfigurations")) {
            return Optional.of(
                    unknown("volumeConfigurations", "its EBS volume was configured at launch"));
        }
        return Optional.empty();
    }

    private static Refusal unknown(String field, String problem) {
        return Refusal.conflict(
                field,
                problem,
                "run it by hand; a CloudTrail trail with management events lets every launch be"
                        + " remembered");
    }
}
