package dev.efsautopilot.nfsingress;

import com.fasterxml.jackson.databind.JsonNode;
import dev.efsautopilot.event.ApiCall;
import dev.efsautopilot.json.Json;
import dev.efsautopilot.launch.LaunchRecord;
import dev.efsautopilot.launch.LaunchRecords;
import dev.efsautopilot.plan.Outcome;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Calls that start tasks: their requests name the groups before a task needs them. */
final class Calls {

    private final Wiring wiring;

    Calls(Wiring wiring) {
        this.wiring = wiring;
    }

    /** RunTask: its launch is remembered for every task that it started. */
    Outcome ranTasks(ApiCall call, Instant now) {
        var arns = LaunchRecords.tasks(call);
        if (arns.isEmpty()) {
            return new Outcome.Ignored("", "the call started no task");
        }
        var launch = launch(call, arns.getFirst());
        arns.forEach(arn -> wiring.launches().remember(arn, launch, now));
        var started = call.response().path("tasks").path(0);
        return opened(arns.getFirst(), Json.text(started, "taskDefinitionArn"), call.request(), now)
                .orElseGet(() ->
                        new Outcome.Done(
                                arns.getFirst(),
                                List.of(),
                                Map.of("launch", launch.complete() ? "complete" : "incomplete")));
    }

    /** The overrides that CloudTrail hides are the same for every task of the call. */
    private LaunchRecord launch(ApiCall call, String arn) {
        var launch = LaunchRecords.called(call);
        if (launch.complete()) {
            return launch;
        }
        var cluster = Json.text(call.response().path("tasks").path(0), "clusterArn");
        return wiring.ecs()
                .tasks()
                .find(cluster, arn)
                .map(first -> launch.merge(LaunchRecords.observed(first, Optional.empty())))
                .orElse(launch);
    }

    /** CreateService and UpdateService: the service as it is now says what its tasks get. */
    Outcome changedService(ApiCall call, Instant now) {
        var said = Json.object(call.response(), "service");
        var cluster =
                Json.optionalText(said, "clusterArn").orElse(Json.text(call.request(), "cluster"));
        var name =
                Json.optionalText(said, "serviceArn")
                        .or(() -> Json.optionalText(call.request(), "service"))
                        .orElse(Json.text(call.request(), "serviceName"));
        if (name.isBlank()) {
            return new Outcome.Ignored("", "the call names no service");
        }
        return wiring.ecs()
                .workloads()
                .described(cluster.isBlank() ? "default" : cluster, name)
                .filter(service -> Json.text(service, "status").equals("ACTIVE"))
                .flatMap(
                        service -> opened(name, Json.text(service, "taskDefinition"), service, now))
                .orElseGet(() -> new Outcome.Ignored(name, "its tasks tell what they need"));
    }

    /** Opens for every place that the request allows; empty where it names none, or no EFS. */
    private Optional<Outcome> opened(
            String subject, String taskDefinition, JsonNode request, Instant now) {
        if (taskDefinition.isBlank()) {
            return Optional.empty();
        }
        var definition = wiring.definitions().of(taskDefinition, now);
        var awsvpc =
                Json.object(Json.object(request, "networkConfiguration"), "awsvpcConfiguration");
        if (definition.filter(found -> !found.fileSystemIds().isEmpty()).isEmpty()
                || awsvpc.isEmpty()) {
            return Optional.empty();
        }
        var plan =
                wiring.nfs()
                        .plan(
                                wiring.reader().clients(awsvpc),
                                definition.get().fileSystemIds(),
                                definition.get().family());
        var done = wiring.opening().carryOut(subject, wiring.truce().respected(plan, now), now);
        return Optional.of(Opening.told(subject, done));
    }
}
