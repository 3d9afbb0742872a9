package dev.efsautopilot.nfsingress;

import static java.util.stream.Collectors.groupingBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.efsautopilot.aws.EcsTasks;
import dev.efsautopilot.event.Form;
import dev.efsautopilot.json.Json;
import dev.efsautopilot.network.NfsClient;
import dev.efsautopilot.network.NfsPlan;
import dev.efsautopilot.plan.Outcome;
import dev.efsautopilot.plan.Refusal;
import dev.efsautopilot.plan.Result;
import dev.efsautopilot.task.Task;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Somebody asks for the way of tasks to be opened: of one, of several, of all that run of a family,
 * or of a service wherever it may run.
 */
final class ByHand {

    private static final List<String> WHOSE = List.of("task", "tasks", "service", "family");
    private static final Form FORM =
            Form.texts("cluster", "task", "service", "family").lists("tasks");

    private final Wiring wiring;

    ByHand(Wiring wiring) {
        this.wiring = wiring;
    }

    /**
     * What is to be opened.
     *
     * @param subject whom for
     */
    private record Wish(String subject, NfsPlan plan) {}

    Outcome asked(JsonNode request, boolean dryRun, Instant now) {
        return Outcome.of(
                FORM.check(request)
                        .then(ByHand::named)
                        .then(whose -> wish(whose, request, now))
                        .then(wish -> Result.ok(dryRun ? planned(wish) : done(wish, now))));
    }

    private static Outcome planned(Wish wish) {
        return Opening.planned(wish.subject(), wish.plan());
    }

    private Outcome done(Wish wish, Instant now) {
        return Opening.answered(
                wish.subject(), wiring.opening().carryOut(wish.subject(), wish.plan(), now));
    }

    private static Result<String> named(JsonNode request) {
        var named = WHOSE.stream().filter(request::has).toList();
        return request.has("cluster") && named.size() == 1
                ? Result.ok(named.getFirst())
                : Result.refused(
                        Refusal.invalid(
                                request.has("cluster") ? String.join(", ", WHOSE) : "cluster",
                                "it takes cluster, and one of " + String.join(", ", WHOSE),
                                "name both"));
    }

    private Result<Wish> wish(String whose, JsonNode request, Instant now) {
        var cluster = Json.text(request, "cluster");
        var name = Json.text(request, whose);
        return switch (whose) {
            case "service" -> ofService(cluster, name, now);
            case "family" -> ofFamily(cluster, name, now);
            case "task" -> ofTasks(whose, cluster, List.of(name), now);
            default -> ofTasks(whose, cluster, Json.texts(request, whose), now);
        };
    }

    private Result<Wish> ofTasks(String field, String cluster, List<String> ids, Instant now) {
        if (ids.isEmpty() || ids.size() > EcsTasks.MOST) {
            return Result.refused(
                    Refusal.invalid(field, "it names " + ids.size(), "name 1 to " + EcsTasks.MOST));
        }
        var found = wiring.ecs().tasks().found(cluster, ids);
        return found.size() == ids.stream().distinct().count()
                ? ofTasks(field, found, now)
                : Result.refused(
                        Refusal.notFound(
                                field,
                                "%d of them are in %s, of %d"
                                        .formatted(found.size(), cluster, ids.size()),
                                "name tasks of this cluster that run"));
    }

    private Result<Wish> ofFamily(String cluster, String name, Instant now) {
        return wiring.ecs()
                .clusters()
                .tasksOfFamily(cluster, name)
                .map(found -> ofTasks("family", found, now))
                .orElseGet(() ->
                        Result.refused(
                                Refusal.notFound(
                                        "cluster", "no cluster has this name", "name another")));
    }

    private Result<Wish> ofTasks(String field, List<Task> found, Instant now) {
        var tasks = found.stream().filter(Tasks::starting).toList();
        var sides = wiring.reader().clients(tasks);
        if (sides.isEmpty()) {
            return Result.refused(
                    Refusal.conflict(
                            field,
                            "none of them starts or runs with a network interface",
                            "ask while they start or run"));
        }
        var subject = tasks.size() == 1 ? tasks.getFirst().arn() : tasks.getFirst().clusterArn();
        return Result.ok(new Wish(subject, plan(tasks, sides, now)));
    }

    private NfsPlan plan(List<Task> tasks, Map<String, NfsClient> sides, Instant now) {
        return tasks.stream()
                .filter(task -> sides.containsKey(task.arn()))
                .collect(groupingBy(Task::taskDefinitionArn))
                .entrySet()
                .stream()
                .map(same -> plan(same.getKey(), sides(same.getValue(), sides), now))
                .reduce(NfsPlan.NOTHING, NfsPlan::and);
    }

    private static List<NfsClient> sides(List<Task> tasks, Map<String, NfsClient> sides) {
        return tasks.stream().map(task -> sides.get(task.arn())).filter(Objects::nonNull).toList();
    }

    private NfsPlan plan(String definition, List<NfsClient> clients, Instant now) {
        return wiring.definitions()
                .of(definition, now)
                .map(found -> wiring.nfs().plan(clients, found.fileSystemIds(), found.family()))
                .orElse(NfsPlan.NOTHING);
    }

    /** In awsvpc mode the service says where its tasks may run; otherwise they tell themselves. */
    private Result<Wish> ofService(String cluster, String name, Instant now) {
        var found = wiring.ecs().workloads().described(cluster, name);
        if (found.isEmpty()) {
            return Result.refused(
                    Refusal.notFound("service", "no such service in " + cluster, "name another"));
        }
        var service = found.get();
        var places =
                wiring.reader()
                        .clients(
                                Json.object(
                                        Json.object(service, "networkConfiguration"),
                                        "awsvpcConfiguration"));
        return places.isEmpty()
                ? ofTasks("service", wiring.ecs().clusters().tasksOfService(cluster, name), now)
                : Result.ok(
                        new Wish(
                                Json.text(service, "serviceArn"),
                                plan(Json.text(service, "taskDefinition"), places, now)));
    }
}
